"""Reminders of invoices."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.reminders.due_work import due_look
from invoicing.domain.reminders.state import InvoiceReminders, PastStep, Reason, ReminderByHand
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.due_work import due_work_values, shard_of
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.reminder_codec import reminder_override_from, reminder_override_values
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import prefix_of, stores


def invoice_reminders_from(values: dict[str, Any]) -> InvoiceReminders:
    """Read the reminders of an unpacked item."""
    return InvoiceReminders(
        **values
        | item_codec.instants(values, "mailed_at", "reopened_at", "next_at")
        | {
            "override": reminder_override_from(values["override"]),
            "past": tuple(map(_past_step, values["past"])),
            "known": tuple(values["known"]),
            "by_hand": tuple(map(_by_hand, values["by_hand"])),
        }
    )


def invoice_reminders_values(reminders: InvoiceReminders) -> dict[str, Any]:
    """Return what is packed."""
    values = {each.name: getattr(reminders, each.name) for each in fields(reminders)}
    return values | {"override": reminder_override_values(reminders.override)}


def _past_step(values: dict[str, Any]) -> PastStep:
    reason = Reason(values["reason"]) if values["reason"] else None
    times = item_codec.instants(values, "at", "decided_at", "sent_at")
    return PastStep(**values | times | {"reason": reason, "delivery_ids": tuple(values["delivery_ids"])})


def _by_hand(values: dict[str, Any]) -> ReminderByHand:
    return ReminderByHand(datetime.fromisoformat(values["sent_at"]), tuple(values["delivery_ids"]))


@stores(InvoiceReminders)
class InvoiceRemindersRecord(DocumentRecord):
    """The reminders of an invoice, beside it."""

    read = invoice_reminders_from
    write = invoice_reminders_values

    class Meta:
        table_name = TableName("invoices")

    due_shard, due_at = (UnicodeAttribute(null=True) for _ in range(2))

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, prefix_of(InvoiceReminders.__name__) + identifier

    @classmethod
    def due_values(cls, entity: InvoiceReminders, *, has_clock: bool) -> dict[str, str]:
        due = due_look(entity)
        shard = shard_of(entity.account, entity.id, has_clock=has_clock)
        return due_work_values(InvoiceReminders.__name__, entity.id, due, shard) if due else {}
