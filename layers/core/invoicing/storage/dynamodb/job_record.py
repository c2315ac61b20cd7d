"""The base of records of jobs, which wait for the next tick in real time."""

from collections.abc import Callable
from typing import Any, ClassVar

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.due_work import DueWork
from invoicing.storage.dynamodb.due_work import JOBS_SHARD, due_work_values
from invoicing.storage.dynamodb.record import DocumentRecord


class JobRecord(DocumentRecord):
    """A job of an account; it is in the index of due work while ``due_work`` says that it waits."""

    due_work: ClassVar[Callable[[Any], DueWork | None]]
    due_shard, due_at = (UnicodeAttribute(null=True) for _ in range(2))

    @classmethod
    def due_values(cls, entity: Any, *, has_clock: bool) -> dict[str, str]:  # noqa: ARG003
        due = cls.due_work(entity)
        return due_work_values(type(entity).__name__, entity.id, due, JOBS_SHARD) if due else {}
