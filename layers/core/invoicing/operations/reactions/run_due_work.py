"""Do what is due of one entity: each work in a transaction of its own, once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from invoicing.domain.due_work import Done, DueEntry, Work
from invoicing.domain.errors import InvoicingError, Unavailable
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import DueWorkIndex
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

if TYPE_CHECKING:
    from invoicing.operations.customers._erasure import ErasurePorts
    from invoicing.operations.exports._ports import ExportPorts
    from invoicing.operations.imports._ports import ImportPorts
    from invoicing.operations.test_clock._advance import Advance
    from invoicing.operations.webhooks._ports import WebhookServices

SOON = 60
"""Seconds after which other due work is done that due work led to: all that leads to the same is found by then."""

WORKERS: Mapping[str, str] = {
    "Invoice": "invoicing.operations.invoices._due_work",
    "RecurringInvoice": "invoicing.operations.recurring._due_work",
    "ScheduleChange": "invoicing.operations.recurring._schedule_change",
    "InvoiceReminders": "invoicing.operations.reminders._due_work",
    "CustomerReminder": "invoicing.operations.reminders._customer_due_work",
    "ReminderChange": "invoicing.operations.reminders._reminder_change",
    "AccountNotice": "invoicing.operations.notices._due_work",
}
"""The module of each kind with due work, whose ``perform_due_work`` does the next; only what is due is loaded."""

JOBS: Mapping[str, str] = {
    "Erasure": "invoicing.operations.customers._erasure",
    "ExportRun": "invoicing.operations.exports._job",
    "ImportRun": "invoicing.operations.imports._job",
    "LateFeeChange": "invoicing.operations.account._late_fee_change",
    "MetadataChange": "invoicing.operations.account._metadata_change",
    "TestClock": "invoicing.operations.test_clock._due_work",
    "TimeZoneChange": "invoicing.operations.account._time_zone_change",
    "WebhookState": "invoicing.operations.webhooks._due_work",
}
"""The module of each kind of job, whose ``run_job`` does the next slice, in real time."""


class Worker(Protocol):
    """Does the due work of one kind of entity."""

    def perform_due_work(self, uow: UnitOfWork, identifier: str, /) -> Done | None:
        """Do the next work that is due at ``uow.now``; None where nothing is due.

        The entity is read consistently, and what it waits for next is written in the same transaction: work that was
        done meanwhile is not done again. An error is handed to `postpone_due_work`.
        """

    def postpone_due_work(self, uow: UnitOfWork, identifier: str, error: InvoicingError, /) -> Done | None:
        """Keep an error that made the next work impossible, and let that wait; return as `perform_due_work`.

        Raises the error of work that cannot wait.
        """


def worker_of(kind: str) -> Worker:
    """Return the worker of a kind."""
    return cast(Worker, import_module(WORKERS[kind]))


class JobPorts(Protocol):
    """What jobs need from outside, each made when a job of its kind asks for it."""

    @property
    def imports(self) -> "ImportPorts":
        """What imports rows."""

    @property
    def exports(self) -> "ExportPorts":
        """What exports read and write."""

    @property
    def erasures(self) -> "ErasurePorts":
        """What erases documents."""

    @property
    def webhooks(self) -> "WebhookServices":
        """What queues deliveries of webhooks."""


class Job(Protocol):
    """Does the work of one kind of job."""

    def run_job(
        self,
        start: Callable[[ChangeSet], UnitOfWork],
        index: DueWorkIndex,
        advance: "Advance | None",
        ports: "JobPorts | None",
        identifier: str,
        /,
    ) -> list[Work]:
        """Do the next slice of a job of the account, and return what was done; nothing where there is none."""


def job_of(kind: str) -> Job:
    """Return the job of a kind."""
    return cast(Job, import_module(JOBS[kind]))


def run_due_work(
    entry: DueEntry,
    start: Callable[[ChangeSet], UnitOfWork],
    index: DueWorkIndex,
    advance: "Advance | None" = None,
    ports: "JobPorts | None" = None,
) -> list[Work]:
    """Do all work that is due of an entity; return what was done.

    Work of an account with a test clock is not due in real time: it is moved to where ticks do not find it again, and
    done by ``advance``, which is also what goes on with a clock whose advance was left. Work of other entities that
    this leads to is queued; the next tick finds it anyway.
    """
    if entry.work is Work.JOB:
        return job_of(entry.kind).run_job(start, index, advance, ports, entry.id)

    def start_in_real_time(changes: ChangeSet) -> UnitOfWork:
        uow = start(changes)
        if uow.changes.has_clock:
            raise _WaitsForClock
        return uow

    try:
        works, follow = _do_all(entry, start_in_real_time, index)
    except _WaitsForClock:
        index.move(entry, to_clock=True)
        return []
    if follow and advance:
        advance.queue.send(follow, delay=SOON)
    return works


class _WaitsForClock(Exception):
    """The account has a test clock."""


def _do_all(
    entry: DueEntry, start: Callable[[ChangeSet], UnitOfWork], index: DueWorkIndex
) -> tuple[list[Work], list[DueEntry]]:
    """Return what was done, and what that made due of other entities."""
    works: list[Work] = []
    follow: dict[str, DueEntry] = {}

    def note(uow: UnitOfWork, done: Done | None) -> tuple[UnitOfWork, Done | None]:
        return uow, done

    while True:
        uow, done = do_next_work(entry, start, note)
        if done is None:
            return works, list(follow.values())
        works.append(done.work)
        made_due = filter(None, (index.entry_of(save.entity) for save in uow.changes.saves))
        follow |= {made.kind: made for made in made_due if made.at <= uow.now and made.kind != entry.kind}
        if done.next is None or done.next.at > uow.now:
            return works, list(follow.values())


def do_next_work[R](
    entry: DueEntry, start: Callable[[ChangeSet], UnitOfWork], note: Callable[[UnitOfWork, Done | None], R]
) -> R:
    """Do the next work of an entity that is due at the time of ``start``, or let it wait after an error.

    ``note`` is called with what was done, None where nothing is due, and may write more in the same transaction; its
    result is returned. `Unavailable` after too many write conflicts.
    """
    worker = worker_of(entry.kind)
    try:
        return run_use_case(start, lambda uow: note(uow, worker.perform_due_work(uow, entry.id)))
    except Unavailable:
        raise
    except InvoicingError as error:
        return _postpone(entry, start, error, note)


def _postpone[R](
    entry: DueEntry,
    start: Callable[[ChangeSet], UnitOfWork],
    error: InvoicingError,
    note: Callable[[UnitOfWork, Done | None], R],
) -> R:
    worker = worker_of(entry.kind)

    def use_case(uow: UnitOfWork) -> R:
        put_off = worker.postpone_due_work(uow, entry.id, error)
        return note(uow, put_off and replace(put_off, is_put_off=True))

    return run_use_case(start, use_case)
