"""List counters: the numbers of invoices and customers, counted from events, each entity once.

A `CountedState` records in which state each entity is counted. Events arrive more than once and in any order; a newer
one moves the entity from its old counters to its new ones, any other changes nothing. So the counters match the newest
states, whatever arrived before, twice or late.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from invoicing.domain.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCounter:
    """The number of entities of one sort, which its ``id`` names (`counter_id`)."""

    account: str
    id: str
    version: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedState:
    """The state in which an entity is counted, and by which ``counters``: none when it is deleted.

    ``version`` is that of this record. The state is that after the event of ``event_sequence``, of an entity made at
    ``created_at``: an id may be used again when its entity is deleted.
    """

    account: str
    id: str
    version: int
    created_at: datetime
    event_sequence: int
    counters: tuple[str, ...]

    @property
    def position(self) -> tuple[datetime, int]:
        """The position of the state among all states of this id: later ones are greater."""
        return self.created_at, self.event_sequence


def counter_id(entities: str, field: str | None = None, value: str | None = None) -> str:
    """Return a counter's id: ``invoices`` for all of them, ``invoices#status=overdue`` for those with one value."""
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
    """Read the first counted state from an event; None when its resource is not counted.

    A deleted customer that is archived still exists, and is counted.
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
    """Return the newest state of each entity in the events, by its id."""
    newest: dict[str, CountedState] = {}
    for state in filter(None, map(counted_by, events)):
        if state.id not in newest or newest[state.id].position < state.position:
            newest[state.id] = state
    return newest


def recount(known: CountedState | None, state: CountedState) -> CountedState | None:
    """Return the next counted state, None when ``state`` is not newer; ``known`` is the current one."""
    if known is None:
        return state
    return replace(state, version=known.version + 1) if known.position < state.position else None


def steps(known: CountedState | None, now: CountedState) -> Counter[str]:
    """Return the change of each counter."""
    found = Counter(now.counters)
    found.subtract(known.counters if known else ())
    return Counter({counter: by for counter, by in found.items() if by})


def step(account: str, name: str, known: ListCounter | None, by: int) -> ListCounter:
    """Return a counter after its change; ``name`` is its id, and a missing counter is 0."""
    counter = known or ListCounter(account=account, id=name, version=0, count=0)
    return replace(counter, version=counter.version + 1, count=counter.count + by)
