"""Count what was told of an account's invoices and customers: each change once, however often and late it is told."""

from collections import Counter
from collections.abc import Iterable

from invoicing.domain.events import Event
from invoicing.domain.figures import Counted, Figure, newest_states, recount, step, steps
from invoicing.operations.changes import Ref
from invoicing.operations.work import Work

MOST_THINGS = 18
"""Things counted in one transaction, which takes 100 writes: each thing and, at worst, five figures of its own."""


def update_figures(work: Work, events: Iterable[Event]) -> int:
    """How many things are counted anew, of at most `MOST_THINGS` that the events tell of.

    One read for what is counted, one for the figures that change, and one transaction; where nothing newer was told,
    the first read is all. `Unavailable` when others always come first.
    """
    told = newest_states(events)
    known = work.store.find_together(*(Ref(Counted, work.account, thing) for thing in told))
    changed: Counter[str] = Counter()
    for before, state in zip(known, told.values(), strict=True):
        if now := recount(before, state):
            work.changes.save(now)
            changed.update(steps(before, now))
    counted = len(work.changes.saves)
    names = sorted(name for name, by in changed.items() if by)
    figures = work.store.find_together(*(Ref(Figure, work.account, name) for name in names))
    for name, figure in zip(names, figures, strict=True):
        work.changes.save(step(work.account, name, figure, changed[name]))
    return counted
