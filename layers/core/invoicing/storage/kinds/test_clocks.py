"""Test clocks."""

from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.test_clocks.test_clock import ClockStatus, TestClock, due_work_of
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.due_work import JOBS_SHARD, due_work_values
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

_INSTANTS = ("now", "target", "newest_data", "works_until")


def clock_from(values: dict[str, Any]) -> TestClock:
    """Read the clock of an unpacked item."""
    status = ClockStatus(values["status"])
    return TestClock(**values | item_codec.instants(values, *_INSTANTS) | {"status": status})


@stores(TestClock)
class TestClockRecord(DocumentRecord):
    """The test clock of an account."""

    read = clock_from

    class Meta:
        table_name = TableName("jobs")

    due_shard, due_at = (UnicodeAttribute(null=True) for _ in range(2))

    @classmethod
    def due_values(cls, entity: TestClock, *, has_clock: bool) -> dict[str, str]:  # noqa: ARG003
        """Return the attributes that make a tick find it, in real time."""
        due = due_work_of(entity)
        return due_work_values("TestClock", entity.id, due, JOBS_SHARD) if due else {}
