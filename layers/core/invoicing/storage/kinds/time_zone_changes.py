"""Changes of time zones that are under way."""

from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.parties.time_zone_change import TimeZoneChange, due_work_of
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.due_work import JOBS_SHARD, due_work_values
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def time_zone_change_from(values: dict[str, Any]) -> TimeZoneChange:
    """Read the change of an unpacked item."""
    return TimeZoneChange(**values | item_codec.instants(values, "due_at"))


@stores(TimeZoneChange)
class TimeZoneChangeRecord(DocumentRecord):
    """A change of an account's time zone."""

    read = time_zone_change_from

    class Meta:
        table_name = TableName("jobs")

    due_shard, due_at = (UnicodeAttribute(null=True) for _ in range(2))

    @classmethod
    def due_values(cls, entity: TimeZoneChange, *, has_clock: bool) -> dict[str, str]:  # noqa: ARG003
        return due_work_values(TimeZoneChange.__name__, entity.id, due_work_of(entity), JOBS_SHARD)
