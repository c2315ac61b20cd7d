"""Do what is due of one entity: each work in a transaction of its own, once."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Protocol, cast

from invoicing.domain.due_work import Done, DueEntry, Work
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import DueWorkIndex
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

WORKERS: Mapping[str, str] = {"Invoice": "invoicing.operations.invoices._due_work"}
"""The module of each kind with due work, whose ``perform_due_work`` does the next; only what is due is loaded."""

JOBS: Mapping[str, str] = {"TestClock": "invoicing.operations.test_clock._due_work"}
"""The module of each kind of job, whose ``run_job`` does the next slice, in real time."""


class Worker(Protocol):
    """Does the due work of one kind of entity."""

    def perform_due_work(self, uow: UnitOfWork, identifier: str, /) -> Done | None:
        """Do the next work that is due at ``uow.now``; None where nothing is due.

        The entity is read consistently, and what it waits for next is written in the same transaction: work that was
        done meanwhile is not done again.
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
    if start(ChangeSet()).changes.has_clock:
        index.move(entry, to_clock=True)
        return []
    worker = worker_of(entry.kind)
    works: list[Work] = []
    while True:
        now, done = run_use_case(start, lambda uow: (uow.now, worker.perform_due_work(uow, entry.id)))
        if done is None:
            return works
        works.append(done.work)
        if done.next is None or done.next.at > now:
            return works
