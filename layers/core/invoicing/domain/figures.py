"""Figures: how many invoices and customers an account has, of which sort; counted from events, each thing once.

For each thing `Counted` says in which state it is counted. Events come more than once and in any order; one that
tells nothing newer changes nothing, a newer one moves the thing from the counters it was in to those it is in now.
So the figures are those of the newest states that were told, whatever came before, twice or late.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from invoicing.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How many there are of what its ``id`` says (`figure_id`)."""

    account: str
    id: str
    version: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """In which state a thing is counted, and by which ``figures``: none of them when it is gone.

    ``version`` is that of this record. The state is the thing's ``revision``, its version, as of ``created_at``: an id
    may be used again when its thing is gone. ``stage`` tells apart what happens within one revision.
    """

    account: str
    id: str
    version: int
    created_at: datetime
    revision: int
    stage: int
    figures: tuple[str, ...]

    @property
    def position(self) -> tuple[datetime, int, int]:
        """Where the state stands among all states of what had this id: later ones are greater."""
        return self.created_at, self.revision, self.stage


MADE, BECAME, GONE = 0, 1, 2
"""The stages of a revision: one transaction may make an invoice and send it, and what is removed keeps its version."""


def figure_id(things: str, field: str | None = None, value: str | None = None) -> str:
    """The id of a figure: ``invoices`` for all of them, ``invoices#status=overdue`` for those of one sort."""
    return things if field is None else f"{things}#{field}={value}"


def _of_invoice(data: Mapping[str, Any]) -> tuple[str, ...]:
    sorts = (figure_id("invoices", field, data[field]) for field in ("status", "customer_id", "currency"))
    return (figure_id("invoices"), *sorts)


def _of_customer(data: Mapping[str, Any]) -> tuple[str, ...]:
    return (figure_id("customers", "archived", "true" if data["archived"] else "false"),)


_FIGURES: Mapping[str, Callable[[Mapping[str, Any]], tuple[str, ...]]] = {
    "customer": _of_customer,
    "invoice": _of_invoice,
}


def counted_by(event: Event) -> Counted | None:
    """The state that an event tells of, as the first that is counted; None when it is of nothing that is counted.

    A deleted customer that is archived is still there, and counted as such.
    """
    kind, _, happened = event.type.partition(".")
    if kind not in _FIGURES:
        return None
    is_gone = happened == "deleted" and not event.data.get("archived")
    return Counted(
        account=event.account,
        id=event.resource_id,
        version=1,
        created_at=datetime.fromisoformat(event.data["created_at"]),
        revision=event.data["version"],
        stage=GONE if is_gone else MADE if happened == "created" else BECAME,
        figures=() if is_gone else _FIGURES[kind](event.data),
    )


def newest_states(events: Iterable[Event]) -> dict[str, Counted]:
    """The newest state of each thing that events tell of, by its id."""
    newest: dict[str, Counted] = {}
    for told in filter(None, map(counted_by, events)):
        if told.id not in newest or newest[told.id].position < told.position:
            newest[told.id] = told
    return newest


def recount(known: Counted | None, told: Counted) -> Counted | None:
    """What is counted from now on, None when nothing newer was told; ``known`` is what was counted until now."""
    if known is None:
        return told
    return replace(told, version=known.version + 1) if known.position < told.position else None


def steps(known: Counted | None, now: Counted) -> Counter[str]:
    """By how much each figure changes that does."""
    found = Counter(now.figures)
    found.subtract(known.figures if known else ())
    return Counter({figure: step for figure, step in found.items() if step})


def step(account: str, name: str, known: Figure | None, by: int) -> Figure:
    """A figure after it has changed, ``name`` being its id; one that was not there was 0."""
    figure = known or Figure(account=account, id=name, version=0, count=0)
    return replace(figure, version=figure.version + 1, count=figure.count + by)
