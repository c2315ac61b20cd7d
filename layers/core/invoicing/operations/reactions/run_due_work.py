"""Do what is due of one entity: each work in a transaction of its own, once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from invoicing.domain.due_work import Done, DueEntry, Work
from invoicing.domain.errors import InvoicingError, Unavailable
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import DueWorkIndex
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

WORKERS: Mapping[str, str] = {"Invoice": "invoicing.operations.invoices._due_work"}
"""The module of each kind with due work, whose ``perform_due_work`` does the next; only what is due is loaded."""

JOBS: Mapping[str, str] = {
    "TestClock": "invoicing.operations.test_clock._due_work",
    "TimeZoneChange": "invoicing.operations.account._time_zone_change",
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


class Job(Protocol):
    """Does the work of one kind of job."""

    def run_job(self, start: Callable[[ChangeSet], UnitOfWork], index: DueWorkIndex, /) -> list[Work]:
        """Do the next slice of the account's job, and return what was done; nothing where there is none."""


def job_of(kind: str) -> Job:
    """Return the job of a kind."""
    return cast(Job, import_module(JOBS[kind]))


def run_due_work(entry: DueEntry, start: Callable[[ChangeSet], UnitOfWork], index: DueWorkIndex) -> list[Work]:
    """Do all work that is due of an entity; return what was done.

    Work of an account with a test clock is not due in real time: it is moved to where ticks do not find it again.
    """
    if entry.work is Work.JOB:
        return job_of(entry.kind).run_job(start, index)

    def start_in_real_time(changes: ChangeSet) -> UnitOfWork:
        uow = start(changes)
        if uow.changes.has_clock:
            raise _WaitsForClock
        return uow

    try:
        return _do_all(entry, start_in_real_time)
    except _WaitsForClock:
        index.move(entry, to_clock=True)
        return []


class _WaitsForClock(Exception):
    """The account has a test clock."""


def _do_all(entry: DueEntry, start: Callable[[ChangeSet], UnitOfWork]) -> list[Work]:
    works: list[Work] = []
    while True:
        now, done = do_next_work(entry, start)
        if done is None:
            return works
        works.append(done.work)
        if done.next is None or done.next.at > now:
            return works


def do_next_work(entry: DueEntry, start: Callable[[ChangeSet], UnitOfWork]) -> tuple[datetime, Done | None]:
    """Do the next work of an entity that is due at the time of ``start``, or let it wait after an error.

    Return that time, and what was done, None where nothing is due. `Unavailable` after too many write conflicts.
    """
    worker = worker_of(entry.kind)
    try:
        return run_use_case(start, lambda uow: (uow.now, worker.perform_due_work(uow, entry.id)))
    except Unavailable:
        raise
    except InvoicingError as error:
        return _postpone(entry, start, error)


def _postpone(
    entry: DueEntry, start: Callable[[ChangeSet], UnitOfWork], error: InvoicingError
) -> tuple[datetime, Done | None]:
    worker = worker_of(entry.kind)
    return run_use_case(start, lambda uow: (uow.now, worker.postpone_due_work(uow, entry.id, error)))
