"""Count an account's invoices and customers from its events: each change once, however often and late it arrives."""

from collections import Counter
from collections.abc import Iterable

from invoicing.domain.events.event import Event
from invoicing.domain.lists.list_counter import CountedState, ListCounter, newest_states, recount, step, steps
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_ENTITIES = 18
"""Entities counted in one transaction, which takes 100 writes: each of them and, at worst, five counters of its own."""


def update_totals(uow: UnitOfWork, events: Iterable[Event]) -> int:
    """How many entities are counted anew, of at most `MOST_ENTITIES` that the events tell of.

    One read for what is counted, one for the counters that change, and one transaction; where nothing newer arrived,
    the first read is all.
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
