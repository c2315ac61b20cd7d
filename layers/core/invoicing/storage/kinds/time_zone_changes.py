"""Changes of time zones that are under way."""

from typing import Any

from invoicing.domain.invoices.invoice_walk import due_work_of
from invoicing.domain.parties.time_zone_change import TimeZoneChange
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.job_record import JobRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def time_zone_change_from(values: dict[str, Any]) -> TimeZoneChange:
    """Read the change of an unpacked item."""
    return TimeZoneChange(**values | item_codec.instants(values, "due_at"))


@stores(TimeZoneChange)
class TimeZoneChangeRecord(JobRecord):
    """A change of an account's time zone."""

    read = time_zone_change_from
    due_work = due_work_of

    class Meta:
        table_name = TableName("jobs")
