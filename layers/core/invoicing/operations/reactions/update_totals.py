"""Count an account's invoices and customers from its events: each change once, in any order."""

from collections import Counter
from collections.abc import Iterable

from invoicing.domain.events.event import Event
from invoicing.domain.lists.list_counter import CountedState, ListCounter, newest_states, recount, step, steps
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_ENTITIES = 18
"""The most entities of one transaction, which has 100 writes: each entity and up to five counters of its own."""


def update_totals(uow: UnitOfWork, events: Iterable[Event]) -> int:
    """Count at most `MOST_ENTITIES` entities of the events and return how many changed.

    One read for the counted states, one for the counters that change, and one transaction; without a newer event only
    the first read.
    """
    newest = newest_states(events)
    known = uow.store.find_together(*(uow.ref(CountedState, entity) for entity in newest))
    changed: Counter[str] = Counter()
    counted = 0
    for before, state in zip(known, newest.values(), strict=True):
        if now := recount(before, state):
            uow.changes.save(now)
            changed.update(steps(before, now))
            counted += 1
    names = sorted(name for name, by in changed.items() if by)
    counters = uow.store.find_together(*(uow.ref(ListCounter, name) for name in names))
    for name, counter in zip(names, counters, strict=True):
        uow.changes.save(step(uow.account, name, counter, changed[name]))
    return counted
