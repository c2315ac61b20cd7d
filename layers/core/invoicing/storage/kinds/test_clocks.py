"""Test clocks."""

from typing import Any

from invoicing.domain.test_clocks.test_clock import ClockStatus, TestClock, due_work_of
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.job_record import JobRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

_INSTANTS = ("now", "target", "newest_data", "works_until")


def clock_from(values: dict[str, Any]) -> TestClock:
    """Read the clock of an unpacked item."""
    status = ClockStatus(values["status"])
    mails = tuple(values.get("mails", ()))
    return TestClock(**values | item_codec.instants(values, *_INSTANTS) | {"status": status, "mails": mails})


@stores(TestClock)
class TestClockRecord(JobRecord):
    """The test clock of an account."""

    read = clock_from
    due_work = due_work_of

    class Meta:
        table_name = TableName("jobs")
