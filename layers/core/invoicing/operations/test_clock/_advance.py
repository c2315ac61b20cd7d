"""An advance of a test clock: what is due on the way to its target is done, in order, each in a transaction."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from invoicing.dataclass import dataclass
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.due_work import Done, DueEntry, Work
from invoicing.domain.errors import InvoicingError, Unavailable
from invoicing.domain.events.event import Actor
from invoicing.domain.parties.time_zone_change import TIME_ZONE_CHANGE, TimeZoneChange
from invoicing.domain.test_clocks.reading import TEST_CLOCK, ClockReading
from invoicing.domain.test_clocks.test_clock import ClockStatus, TestClock, arrived, failed, left, stepped
from invoicing.identifiers import time_of
from invoicing.operations.reactions.run_due_work import do_next_work, job_of
from invoicing.operations.test_clock._agenda import Agenda, agenda_of
from invoicing.operations.test_clock._keys import save_with_keys
from invoicing.operations.test_clock._own_clock import ClockPorts
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import DueWorkIndex, DueWorkQueue, RealTime
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

ACTOR = Actor("schedule", "run_due_work")
"""Who does due work, whether a tick or an advance finds it."""

SLICE = timedelta(seconds=20)
"""How long one slice works: API Gateway waits for 30 seconds, and a message of the queue may come with nine others."""

ATTEMPTS, PAUSE = 3, 1.0
"""How often a step that fails is tried, and the seconds between."""

MOST_MAILS = 10
"""The most e-mails that an advance is ahead of the e-mail queue."""

LONGEST_WAIT = timedelta(minutes=5)
"""How long an e-mail is waited for: the queue tries those again, for hours, that the mail service does not take."""

_ON_THEIR_WAY = frozenset({DeliveryStatus.QUEUED, DeliveryStatus.SENDING})

INTERNAL = "Internal error. Advance the clock again to retry."
"""What is told of an error that nobody expected."""


class _Lost(Exception):
    """Somebody else works on the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """What advances test clocks."""

    ports: ClockPorts
    queue: DueWorkQueue
    real_time: RealTime

    def go_on(self, uow: UnitOfWork, clock: TestClock) -> TestClock:
        """Do a slice of an advance, and return the clock as it is then.

        ``clock`` is as the caller saved it, which makes the advance the caller's while nobody else writes it. What
        does not fit into the slice is queued; a tick goes on where a slice died, once its lease is over.
        """
        return _Slice(self, uow, clock).run()

    def take_over(self, uow: UnitOfWork) -> bool:
        """Do a slice of an advance that was left; return whether there was one."""
        clock = uow.find(TestClock, TEST_CLOCK)
        if clock is None or clock.status is not ClockStatus.ADVANCING:
            return False
        if clock.works_until is None or clock.works_until > uow.real_now:
            return False
        with suppress(_Lost):
            self.go_on(uow, _Slice(self, uow, clock).taken())
            return True
        return False


class _Slice:
    """A slice of an advance, with the clock as it last wrote it."""

    def __init__(self, advance: Advance, uow: UnitOfWork, clock: TestClock) -> None:
        self._advance = advance
        self._uow = replace(uow, actor=ACTOR, clock=None)
        self._clock = clock
        self._until = clock.target or clock.now
        self._ends = advance.real_time.now() + SLICE

    def taken(self) -> TestClock:
        """Return the clock after it was made this slice's own."""
        return self._saved(lambda clock, uow: stepped(clock, clock.now, None, uow.real_now))

    def run(self) -> TestClock:
        """Work until the target is reached, the time is over, or a step is impossible."""
        try:
            return self._run()
        except _Lost:
            return self._uow.store.find(self._uow.ref(TestClock, TEST_CLOCK)) or self._clock

    def _run(self) -> TestClock:
        # A new time zone changes when things are due; a tick would let them wait for it, if there had been one.
        job_of(TimeZoneChange.__name__).run_job(self._attempt, self._index, None, None, TIME_ZONE_CHANGE)
        agenda = agenda_of(self._attempt(), self._advance.ports, self._until)
        while entry := agenda.next_entry():
            if len(self._clock.mails) >= MOST_MAILS and not self._mails_are_handed_over():
                return self._leave()
            try:
                self._step(agenda, entry)
            except (_Lost, Unavailable):
                raise
            except InvoicingError as error:
                return self._end(failed(self._clock, str(error)))
            except Exception:
                self._end(failed(self._clock, INTERNAL))
                raise
            if self._advance.real_time.now() >= self._ends:
                return self._leave()
        return self._end(arrived(self._clock)) if self._mails_are_handed_over() else self._leave()

    def _step(self, agenda: Agenda, entry: DueEntry) -> None:
        """Do the work of an entry, and whatever that makes due goes onto the agenda."""
        now = max(entry.at, self._clock.now)
        step = self._tried(lambda: do_next_work(entry, lambda changes: self._attempt(changes, now), self._noted))
        if step is None:
            # The index was behind: the work was done, or there is other work now.
            agenda.add(other for other in self._index.entries_of(entry.account, [entry.id]) if other != entry)
        else:
            self._clock, due = step
            agenda.add(due)

    def _noted(self, uow: UnitOfWork, done: Done | None) -> tuple[TestClock, list[DueEntry]] | None:
        """Move the clock in the transaction of a step; return it, and what the entities in it wait for."""
        if done is None:
            return None
        work = None if done.is_put_off else done.work
        written = [save.entity for save in uow.changes.saves]
        mails = tuple(each.id for each in written if isinstance(each, Delivery) and each.status in _ON_THEIR_WAY)
        clock = self._save(uow, stepped(self._clock, uow.now, work, uow.real_now, mails))
        return clock, [entry for each in written if (entry := self._index.entry_of(each))]

    def _tried[R](self, step: Callable[[], R]) -> R:
        """Do a step, again after an error, which may pass; raise one that stays."""
        for _ in range(ATTEMPTS - 1):
            try:
                return step()
            except _Lost:
                raise
            except Exception:  # noqa: BLE001
                self._advance.real_time.pause(PAUSE)
        return step()

    def _mails_are_handed_over(self) -> bool:
        """Wait until the e-mail queue is done with what the steps ordered; False when this slice is over before."""
        while self._clock.mails:
            found = self._uow.store.find_together(*(self._uow.ref(Delivery, each) for each in self._clock.mails))
            latest = self._advance.real_time.now() - LONGEST_WAIT
            waiting = tuple(
                each.id for each in found if each and each.status in _ON_THEIR_WAY and time_of(each.id) > latest
            )
            self._clock = replace(self._clock, mails=waiting)
            if self._advance.real_time.now() >= self._ends:
                break
            if waiting:
                self._advance.real_time.pause(PAUSE)
        return not self._clock.mails

    def _leave(self) -> TestClock:
        """Leave the rest to another slice, which begins at once or, where the queue refuses it, with the next tick."""
        self._clock = self._saved(lambda clock, uow: left(clock, uow.real_now))
        at = self._uow.real_now
        with suppress(Exception):
            self._advance.queue.send([DueEntry(at, Work.JOB, TEST_CLOCK, TestClock.__name__, self._clock.account)])
        return self._clock

    def _end(self, clock: TestClock) -> TestClock:
        """Let requests write again."""
        return run_use_case(self._attempt, lambda uow: save_with_keys(uow, self._advance.ports.keys, clock))

    def _saved(self, change: Callable[[TestClock, UnitOfWork], TestClock]) -> TestClock:
        return run_use_case(self._attempt, lambda uow: self._save(uow, change(self._clock, uow)))

    def _save(self, uow: UnitOfWork, clock: TestClock) -> TestClock:
        saved = replace(clock, version=clock.version + 1)
        uow.changes.save(saved)
        return saved

    def _attempt(self, changes: ChangeSet | None = None, now: datetime | None = None) -> UnitOfWork:
        """Begin an attempt at a time of the clock; `_Lost` when somebody else has written the clock."""
        changes = ChangeSet() if changes is None else changes
        if self._uow.ref(TestClock, TEST_CLOCK) in changes.outdated:
            raise _Lost
        return replace(
            self._uow,
            changes=changes,
            real_now=self._advance.real_time.now(),
            clock=ClockReading(now or self._clock.now, self._clock.version, is_advancing=True),
            warnings=[],
            _prefetched={},
        )

    @property
    def _index(self) -> DueWorkIndex:
        return self._advance.ports.due_work
