"""Notices that were sent: which e-mails each names."""

from datetime import timedelta
from typing import Any

from pynamodb.attributes import NumberAttribute

from invoicing.domain.notices.notice_mail import NoticeMail
from invoicing.identifiers import expires_at
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.record import ResourceRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

NOTICE_MAILS_KEPT = timedelta(days=400)
"""As long as its delivery."""


def notice_mail_from(values: dict[str, Any]) -> NoticeMail:
    """Read the notice of an unpacked item."""
    return NoticeMail(
        **values
        | item_codec.instants(values, "created_at")
        | item_codec.dates(values, "day")
        | {name: tuple(values[name]) for name in ("delivery_ids", "invoice_ids", "recurring_ids", "webhook_ids")}
    )


@stores(NoticeMail)
class NoticeMailRecord(ResourceRecord):
    """A notice beside its delivery; it expires."""

    read = notice_mail_from

    class Meta:
        table_name = TableName("deliveries")

    expires_at = NumberAttribute()

    @classmethod
    def values(cls, entity: NoticeMail) -> dict[str, Any]:
        return super().values(entity) | {"expires_at": expires_at(entity.id, NOTICE_MAILS_KEPT)}
