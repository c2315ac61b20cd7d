"""Changes of reminders that are under way."""

from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.invoices.invoice_walk import due_change
from invoicing.domain.reminders.reminder_change import ReminderChange
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.due_work import due_work_values, shard_of
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import prefix_of, stores


def reminder_change_from(values: dict[str, Any]) -> ReminderChange:
    """Read the change of an unpacked item."""
    return ReminderChange(**values | item_codec.instants(values, "due_at"))


@stores(ReminderChange)
class ReminderChangeRecord(DocumentRecord):
    """A change of the reminders of an account or a customer, in the table of invoices, whose due work ticks read."""

    read = reminder_change_from

    class Meta:
        table_name = TableName("invoices")

    due_shard, due_at = (UnicodeAttribute(null=True) for _ in range(2))

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, prefix_of(ReminderChange.__name__) + identifier

    @classmethod
    def due_values(cls, entity: ReminderChange, *, has_clock: bool) -> dict[str, str]:
        shard = shard_of(entity.account, entity.id, has_clock=has_clock)
        return due_work_values(ReminderChange.__name__, entity.id, due_change(entity), shard)
