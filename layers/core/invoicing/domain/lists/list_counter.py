"""List counters: the numbers of invoices and customers, counted from events, each entity once.

A `CountedState` records in which state each entity is counted. Events arrive more than once and in any order; a newer
one moves the entity from its old counts to its new ones, any other changes nothing. So the counts match the newest
states, whatever arrived before, twice or late. Of drafts their totals are added up likewise, by currency.

The counts of all invoices are one counter, those of one customer's invoices another, so that a change is one write to
each. A customer's counts are by status too once it has `MANY` invoices: its invoices are then entered, one by one, into
indexes by customer and status.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.events.event import Event
from invoicing.domain.money.amounts import to_minor

MANY = 100
"""The invoices of a customer from which they are entered into indexes of their own."""

CUSTOMER = "invoices#customer_id="
"""Begins the id of the counter of one customer's invoices."""

ALL_INVOICES = "invoices"
"""The id of the counter of all invoices."""

_DRAFTS, _DRAFT_TOTAL = "drafts=", "draft_total="
"""Begin the names of what is counted of drafts, and of what is added up, which end with the currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCounter:
    """The counts of the entities that its ``id`` names, by name: "" for all, ``status=sent`` for those with one value.

    Among those of all invoices are the drafts by currency, and the sums of their totals in minor units.
    ``entered`` is about a customer's invoices: None while they are few, True when all are entered.
    """

    account: str
    id: str
    version: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    entered: bool | None = None

    def count(self, name: str) -> int:
        """Return one of the counts."""
        return self.counts.get(name, 0)

    @property
    def drafts(self) -> dict[str, tuple[int, int]]:
        """The number of drafts and the sum of their totals in minor units, by currency."""
        numbers = {name.removeprefix(_DRAFTS): count for name, count in self.counts.items() if name.startswith(_DRAFTS)}
        return {currency: (number, self.count(f"{_DRAFT_TOTAL}{currency}")) for currency, number in numbers.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedState:
    """The state in which an entity is counted; ``facts`` are what counts and lists it, None when it is deleted.

    ``version`` is that of this record. The state is that after the event of ``event_sequence``, of an entity made at
    ``created_at``: an id may be used again when its entity is deleted. ``is_entered``: an invoice of a customer with
    many.
    """

    account: str
    id: str
    version: int
    created_at: datetime
    event_sequence: int
    entities: str
    facts: Mapping[str, str | None] | None
    is_entered: bool = False

    @property
    def position(self) -> tuple[datetime, int]:
        """The position of the state among all states of this id: later ones are greater."""
        return self.created_at, self.event_sequence

    @property
    def counts(self) -> tuple[tuple[str, str], ...]:
        """The counts that it is one of, each by the id of its counter and its name."""
        if self.facts is None:
            return ()
        fields = _COUNTED_BY[self.entities] + ((None,) if self.entities == "invoices" else ())
        found = [counted_as(self.entities, name, name and self.facts[name]) for name in fields]
        if self.is_entered:
            found.append((f"{CUSTOMER}{self.facts['customer_id']}", f"status={self.facts['status']}"))
        if self._is_draft:
            found.append((self.entities, f"{_DRAFTS}{self.facts['currency']}"))
        return tuple(found)

    @property
    def amounts(self) -> Mapping[tuple[str, str], int]:
        """What it adds to sums, in minor units, each by the id of its counter and its name."""
        if self.facts is None or not self._is_draft:
            return {}
        currency = str(self.facts["currency"])
        return {(self.entities, f"{_DRAFT_TOTAL}{currency}"): to_minor(Decimal(str(self.facts["total"])), currency)}

    @property
    def _is_draft(self) -> bool:
        return self.entities == ALL_INVOICES and self.facts is not None and self.facts["status"] == "draft"


def counted_as(entities: str, name: str | None = None, value: str | None = None) -> tuple[str, str]:
    """Return the counter and the name of a count: of all entities, or those with one value of a field."""
    if name == "customer_id":
        return f"{CUSTOMER}{value}", ""
    return entities, "" if name is None else f"{name}={value}"


_COUNTED_BY: Mapping[str, tuple[str | None, ...]] = {
    "invoices": ("status", "customer_id", "currency"),
    "customers": ("archived",),
}

_LISTED_BY = ("status", "customer_id", "currency", "total", "due_date", "issue_date", "invoice_number")


def _facts(entities: str, data: Mapping[str, Any]) -> Mapping[str, str | None]:
    if entities == "customers":
        return {"archived": "true" if data["archived"] else "false"}
    return {name: None if data[name] is None else str(data[name]) for name in _LISTED_BY}


def counted_by(event: Event) -> CountedState | None:
    """Read the first counted state from an event; None when its resource is not counted.

    A deleted customer that is archived still exists, and is counted.
    """
    resource, _, happened = event.type.partition(".")
    entities = f"{resource}s"
    if entities not in _COUNTED_BY:
        return None
    is_gone = happened == "deleted" and not event.data.get("archived")
    return CountedState(
        account=event.account,
        id=event.resource_id,
        version=1,
        created_at=datetime.fromisoformat(event.data["created_at"]),
        event_sequence=event.sequence,
        entities=entities,
        facts=None if is_gone else _facts(entities, event.data),
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


def entered(state: CountedState, counters: Mapping[str, ListCounter]) -> CountedState:
    """Return the state as it is to be stored: entered when its customer has many invoices."""
    of_customer = next((counters[counter] for counter, _ in state.counts if counter.startswith(CUSTOMER)), None)
    return replace(state, is_entered=of_customer is not None and of_customer.entered is not None)


def steps(known: CountedState | None, now: CountedState) -> dict[str, Counter[str]]:
    """Return the change of each count, by counter and name."""
    moved = Counter(now.counts)
    moved.update(now.amounts)
    if known:
        moved.subtract(known.counts)
        moved.subtract(known.amounts)
    found: dict[str, Counter[str]] = {}
    for (counter, name), by in moved.items():
        if by:
            found.setdefault(counter, Counter())[name] = by
    return found


def step(counter: ListCounter, by: Mapping[str, int]) -> ListCounter:
    """Return a counter after its changes; one of a customer notices when that has many invoices, or all are entered."""
    counts = dict(counter.counts)
    for name, change in by.items():
        counts[name] = counts.get(name, 0) + change
    after = replace(
        counter, version=counter.version + 1, counts={name: count for name, count in counts.items() if count}
    )
    if not counter.id.startswith(CUSTOMER):
        return after
    if counter.entered is None:
        return replace(after, entered=False if after.count("") >= MANY else None)
    return replace(after, entered=counter.entered or sum(counts.values()) == 2 * after.count(""))
