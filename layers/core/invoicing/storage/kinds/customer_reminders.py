"""Reminders of customers: what is gathered for the next e-mail of each."""

from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.reminders.customer_reminder import CustomerReminder
from invoicing.domain.reminders.due_work import due_email
from invoicing.domain.reminders.state import Outcome, Reason
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.due_work import due_work_values, shard_of
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import prefix_of, stores


def customer_reminder_from(values: dict[str, Any]) -> CustomerReminder:
    """Read the reminder of an unpacked item."""
    times = item_codec.instants(values, "due_at", "reminded_at", "made_at")
    outcomes = {invoice: _outcome(each) for invoice, each in values["outcomes"].items()}
    return CustomerReminder(**values | times | {"outcomes": outcomes})


def _outcome(values: dict[str, Any]) -> Outcome:
    reason = Reason(values["reason"]) if values["reason"] else None
    times = item_codec.instants(values, "sent_at")
    return Outcome(**values | times | {"reason": reason, "delivery_ids": tuple(values["delivery_ids"])})


@stores(CustomerReminder)
class CustomerReminderRecord(DocumentRecord):
    """The reminder of a customer, in the table of invoices, whose due work ticks read."""

    read = customer_reminder_from

    class Meta:
        table_name = TableName("invoices")

    due_shard, due_at = (UnicodeAttribute(null=True) for _ in range(2))

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, prefix_of(CustomerReminder.__name__) + identifier

    @classmethod
    def due_values(cls, entity: CustomerReminder, *, has_clock: bool) -> dict[str, str]:
        due = due_email(entity)
        shard = shard_of(entity.account, entity.id, has_clock=has_clock)
        return due_work_values(CustomerReminder.__name__, entity.id, due, shard) if due else {}
