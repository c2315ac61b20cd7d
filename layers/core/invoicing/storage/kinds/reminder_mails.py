"""Reminder e-mails: which invoices each names."""

from datetime import timedelta
from typing import Any

from pynamodb.attributes import NumberAttribute

from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.identifiers import expires_at
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

REMINDER_MAILS_KEPT = timedelta(days=400)
"""As long as its deliveries."""


def reminder_mail_from(values: dict[str, Any]) -> ReminderMail:
    """Read the e-mail of an unpacked item."""
    return ReminderMail(
        **values
        | item_codec.instants(values, "created_at")
        | item_codec.dates(values, "day")
        | {"invoices": tuple((invoice, offset) for invoice, offset in values["invoices"])}
    )


@stores(ReminderMail)
class ReminderMailRecord(DocumentRecord):
    """A reminder e-mail beside its deliveries; it expires."""

    read = reminder_mail_from

    class Meta:
        table_name = TableName("deliveries")

    expires_at = NumberAttribute()

    @classmethod
    def values(cls, entity: ReminderMail) -> dict[str, Any]:
        return super().values(entity) | {"expires_at": expires_at(entity.id, REMINDER_MAILS_KEPT)}
