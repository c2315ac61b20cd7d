"""List counters: how many invoices and customers an account has, counted from events, each entity once.

For each entity a `CountedState` tells in which state it is counted. Events arrive more than once and in any order; one
that is not newer changes nothing, a newer one moves the entity from the counters it was in to those it is in now. So
the counters are those of the newest states, whatever arrived before, twice or late.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from invoicing.domain.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCounter:
    """How many entities there are of what its ``id`` says (`counter_id`)."""

    account: str
    id: str
    version: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedState:
    """In which state an entity is counted, and by which ``counters``: none of them when it is gone.

    ``version`` is that of this record. The state is that after the event of ``event_sequence``, of an entity made at
    ``created_at``: an id may be used again when its entity is gone.
    """

    account: str
    id: str
    version: int
    created_at: datetime
    event_sequence: int
    counters: tuple[str, ...]

    @property
    def position(self) -> tuple[datetime, int]:
        """Where the state stands among all states of what had this id: later ones are greater."""
        return self.created_at, self.event_sequence


def counter_id(entities: str, field: str | None = None, value: str | None = None) -> str:
    """The id of a counter: ``invoices`` for all of them, ``invoices#status=overdue`` for those with one value."""
    return entities if field is None else f"{entities}#{field}={value}"


def _of_invoice(data: Mapping[str, Any]) -> tuple[str, ...]:
    by_value = (counter_id("invoices", field, data[field]) for field in ("status", "customer_id", "currency"))
    return (counter_id("invoices"), *by_value)


def _of_customer(data: Mapping[str, Any]) -> tuple[str, ...]:
    return (counter_id("customers", "archived", "true" if data["archived"] else "false"),)


_COUNTERS: Mapping[str, Callable[[Mapping[str, Any]], tuple[str, ...]]] = {
    "customer": _of_customer,
    "invoice": _of_invoice,
}


def counted_by(event: Event) -> CountedState | None:
    """The state that an event tells of, as the first that is counted; None when it is of nothing that is counted.

    A deleted customer that is archived is still there, and counted as such.
    """
    resource, _, happened = event.type.partition(".")
    if resource not in _COUNTERS:
        return None
    is_gone = happened == "deleted" and not event.data.get("archived")
    return CountedState(
        account=event.account,
        id=event.resource_id,
        version=1,
        created_at=datetime.fromisoformat(event.data["created_at"]),
        event_sequence=event.sequence,
        counters=() if is_gone else _COUNTERS[resource](event.data),
    )


def newest_states(events: Iterable[Event]) -> dict[str, CountedState]:
    """The newest state of each entity that events tell of, by its id."""
    newest: dict[str, CountedState] = {}
    for state in filter(None, map(counted_by, events)):
        if state.id not in newest or newest[state.id].position < state.position:
            newest[state.id] = state
    return newest


def recount(known: CountedState | None, state: CountedState) -> CountedState | None:
    """What is counted from now on, None when ``state`` is not newer; ``known`` is what was counted until now."""
    if known is None:
        return state
    return replace(state, version=known.version + 1) if known.position < state.position else None


def steps(known: CountedState | None, now: CountedState) -> Counter[str]:
    """By how much each counter changes that does."""
    found = Counter(now.counters)
    found.subtract(known.counters if known else ())
    return Counter({counter: by for counter, by in found.items() if by})


def step(account: str, name: str, known: ListCounter | None, by: int) -> ListCounter:
    """A counter after it has changed, ``name`` being its id; one that was not there was 0."""
    counter = known or ListCounter(account=account, id=name, version=0, count=0)
    return replace(counter, version=counter.version + 1, count=counter.count + by)
