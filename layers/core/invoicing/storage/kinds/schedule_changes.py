"""Changes of schedules that are under way."""

from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.invoices.invoice_walk import due_change
from invoicing.domain.recurring.schedule_change import ScheduleChange
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.due_work import due_work_values, shard_of
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import prefix_of, stores


def schedule_change_from(values: dict[str, Any]) -> ScheduleChange:
    """Read the change of an unpacked item."""
    return ScheduleChange(**values | item_codec.instants(values, "due_at"))


@stores(ScheduleChange)
class ScheduleChangeRecord(DocumentRecord):
    """A change of the schedules of an account or a customer, in the table of invoices, whose due work ticks read."""

    read = schedule_change_from

    class Meta:
        table_name = TableName("invoices")

    due_shard, due_at = (UnicodeAttribute(null=True) for _ in range(2))

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, prefix_of(ScheduleChange.__name__) + identifier

    @classmethod
    def due_values(cls, entity: ScheduleChange, *, has_clock: bool) -> dict[str, str]:
        shard = shard_of(entity.account, entity.id, has_clock=has_clock)
        return due_work_values(ScheduleChange.__name__, entity.id, due_change(entity), shard)
