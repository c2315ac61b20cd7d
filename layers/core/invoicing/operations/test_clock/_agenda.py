"""What is due of an account by an instant of its test clock, in order."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import chain

from invoicing.domain.due_work import DueEntry
from invoicing.domain.recurring.schedule_change import SCHEDULE_CHANGE
from invoicing.domain.reminders.reminder_change import REMINDER_CHANGE
from invoicing.identifiers import first_id
from invoicing.operations.events._event_page import BEHIND_ALL
from invoicing.operations.test_clock._own_clock import ClockPorts
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

INDEX_LAG = timedelta(minutes=1)
"""How long the index may lack what was written, or show what was done: longer than it ever does."""


class Agenda:
    """Entries in the order of their work, those of the index and others; some of them stand for work that is done."""

    def __init__(self, of_index: Iterator[DueEntry], others: Iterable[DueEntry], until: datetime) -> None:
        self._of_index = of_index
        self._first_of_index = next(of_index, None)
        self._until = until
        self._others = [entry for entry in others if entry.at <= until]
        heapify(self._others)
        self._latest: DueEntry | None = None

    def add(self, entries: Iterable[DueEntry]) -> None:
        """Take in more entries; one like the latest stands for more work of the same kind and instant."""
        for entry in entries:
            if entry.at <= self._until:
                heappush(self._others, entry)
                self._latest = None if entry == self._latest else self._latest

    def next_entry(self) -> DueEntry | None:
        """Take out the first entry, one that is there twice only once; None after the last."""
        entry = self._take()
        while entry is not None and entry == self._latest:
            entry = self._take()
        self._latest = entry
        return entry

    def _take(self) -> DueEntry | None:
        first = self._first_of_index
        if first is None or (self._others and self._others[0] < first):
            return heappop(self._others) if self._others else None
        self._first_of_index = next(self._of_index, None)
        return first


def agenda_of(uow: UnitOfWork, ports: ClockPorts, until: datetime) -> Agenda:
    """Return the agenda of an account.

    The index is asked for what waits for the clock, and for what was written before there was one. What it may lack is
    told by the events of the last moment, which are read strongly consistent, as are the entities; changes of
    reminders and schedules have no event.
    """
    index, account = ports.due_work, uow.account
    behind = first_id("evt", uow.real_now - INDEX_LAG)
    events = ports.events.between(account, behind, BEHIND_ALL, newest_first=False, resource_id=None, at_a_time=1_000)
    changes = dict.fromkeys((REMINDER_CHANGE, SCHEDULE_CHANGE))
    recent = index.entries_of(account, changes | {event.resource_id: None for event in events})
    before_the_clock = chain.from_iterable(index.outside_clock(account, until))
    return Agenda(index.of_clock(account, until), chain(before_the_clock, recent), until)
