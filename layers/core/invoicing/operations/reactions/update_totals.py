"""Count an account's invoices and customers from its events: each change once, in any order."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from invoicing.dataclass import dataclass
from invoicing.domain.events.event import Event
from invoicing.domain.lists.list_counter import (
    CUSTOMER,
    CountedState,
    ListCounter,
    entered,
    newest_states,
    recount,
    step,
    steps,
)
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_ENTITIES = 33
"""The most entities of one transaction, which has 100 writes: each entity, its customer before and after, and a few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many entities changed, and the customers that have many invoices of which not all are entered yet."""

    entities: int
    growing: tuple[str, ...] = ()


def update_totals(uow: UnitOfWork, events: Iterable[Event]) -> Counted:
    """Count at most `MOST_ENTITIES` entities of the events.

    One read for the counted states, one for their counters, and one transaction that writes each counter once; without
    a newer event only the first read.
    """
    newest = newest_states(events)
    known = uow.store.find_together(*(uow.ref(CountedState, entity) for entity in newest))
    pairs = zip(known, newest.values(), strict=True)
    changed = [(before, now) for before, state in pairs if (now := recount(before, state))]
    names = sorted({counter for pair in changed for state in pair if state for counter, _ in state.counts})
    found = uow.store.find_together(*(uow.ref(ListCounter, name) for name in names))
    counters = {
        name: each or ListCounter(account=uow.account, id=name) for name, each in zip(names, found, strict=True)
    }
    moved: dict[str, Counter[str]] = defaultdict(Counter)
    for before, state in changed:
        now = entered(state, counters)
        uow.changes.save(now)
        for name, by in steps(before, now).items():
            moved[name].update(by)
    for name, by in moved.items():
        if any(by.values()):
            counters[name] = step(counters[name], by)
            uow.changes.save(counters[name])
    growing = (name.removeprefix(CUSTOMER) for name, counter in counters.items() if counter.entered is False)
    return Counted(entities=len(changed), growing=tuple(growing))
