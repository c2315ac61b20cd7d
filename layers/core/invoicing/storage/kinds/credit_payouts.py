"""Payouts of customer credit, beside the ledger entries of their customer."""

from typing import Any

from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.index import partition_key
from invoicing.storage.dynamodb.record import ResourceRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

PREFIX = "payout#"
"""Begins the sort keys of payouts, among a customer's ledger entries and credit."""


def credit_payout_from(values: dict[str, Any]) -> CreditPayout:
    """Read the payout of an unpacked item."""
    return CreditPayout(**values | item_codec.instants(values, "created_at") | item_codec.dates(values, "payout_date"))


@stores(CreditPayout)
class CreditPayoutRecord(ResourceRecord):
    """A payout, in the order of creation among those of its customer."""

    read = credit_payout_from

    class Meta:
        table_name = TableName("ledger")

    @classmethod
    def values(cls, entity: CreditPayout) -> dict[str, Any]:
        pk = partition_key(entity.account, entity.customer_id)
        return super().values(entity) | {"pk": pk, "sk": PREFIX + entity.id}
