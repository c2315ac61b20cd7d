"""Notices that are gathered for accounts."""

from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.notices.account_notice import AccountNotice, due_notice
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.due_work import due_work_values, shard_of
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import prefix_of, stores


def account_notice_from(values: dict[str, Any]) -> AccountNotice:
    """Read the notice of an unpacked item."""
    return AccountNotice(
        **values
        | item_codec.instants(values, "due_at")
        | item_codec.dates(values, "day", "told_on")
        | {name: tuple(values[name]) for name in ("delivery_ids", "invoice_ids", "recurring_ids", "webhook_ids")}
    )


@stores(AccountNotice)
class AccountNoticeRecord(DocumentRecord):
    """The notice of an account, in the table of invoices, whose due work ticks read."""

    read = account_notice_from

    class Meta:
        table_name = TableName("invoices")

    due_shard, due_at = (UnicodeAttribute(null=True) for _ in range(2))

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, prefix_of(AccountNotice.__name__) + identifier

    @classmethod
    def due_values(cls, entity: AccountNotice, *, has_clock: bool) -> dict[str, str]:
        due = due_notice(entity)
        shard = shard_of(entity.account, entity.id, has_clock=has_clock)
        return due_work_values(AccountNotice.__name__, entity.id, due, shard) if due else {}
