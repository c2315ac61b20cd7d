"""Statements sent by e-mail: of which period each is."""

from datetime import timedelta
from typing import Any

from pynamodb.attributes import NumberAttribute

from invoicing.domain.ledger.statement_mail import StatementMail
from invoicing.identifiers import expires_at
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

STATEMENT_MAILS_KEPT = timedelta(days=400)
"""As long as its deliveries."""


def statement_mail_from(values: dict[str, Any]) -> StatementMail:
    """Read the e-mail of an unpacked item."""
    return StatementMail(
        **values
        | item_codec.instants(values, "created_at")
        | item_codec.dates(values, "start", "end", "day")
        | {"delivery_ids": tuple(values["delivery_ids"])}
    )


@stores(StatementMail)
class StatementMailRecord(DocumentRecord):
    """A statement's e-mail beside its deliveries; it expires."""

    read = statement_mail_from

    class Meta:
        table_name = TableName("deliveries")

    expires_at = NumberAttribute()

    @classmethod
    def values(cls, entity: StatementMail) -> dict[str, Any]:
        return super().values(entity) | {"expires_at": expires_at(entity.id, STATEMENT_MAILS_KEPT)}
