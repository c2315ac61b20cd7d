"""Payments, the ledger and credit, as they lie in their tables."""

from datetime import date
from typing import Any, Self

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from invoicing.domain.ledger import Credit, Entry, Movement
from invoicing.domain.payment import Allocation, Payment, PaymentStatus, Refund
from invoicing.storage import documents
from invoicing.storage.indexes import SEPARATOR, index_values_of_payment, partition_key
from invoicing.storage.record import DocumentRecord, Record
from invoicing.storage.tables import TableName


def payment_from(values: dict[str, Any]) -> Payment:
    """The payment of an unpacked document."""
    return Payment(
        **values
        | documents.instants(values, "created_at", "updated_at", "reversed_at")
        | {
            "payment_date": date.fromisoformat(values["payment_date"]),
            "allocations": tuple(Allocation(**allocation) for allocation in values["allocations"]),
            "refunds": tuple(
                Refund(**refund | documents.instants(refund, "created_at")) for refund in values["refunds"]
            ),
            "status": PaymentStatus(values["status"]),
            "buyer": documents.buyer_from(values["buyer"]),
            "seller": documents.seller_from(values["seller"]),
        }
    )


def entry_from(values: dict[str, Any]) -> Entry:
    """The entry of an unpacked document."""
    parts = {"date": date.fromisoformat(values["date"]), "movement": Movement(values["movement"])}
    return Entry(**values | documents.instants(values, "created_at") | parts)


class PaymentRecord(DocumentRecord):
    """A payment with its refunds."""

    read = payment_from
    indexed = index_values_of_payment

    class Meta:
        table_name = TableName("payments")

    created, paid, customer = (UnicodeAttribute(null=True) for _ in range(3))


class EntryRecord(DocumentRecord):
    """An entry of the ledger, in the order of its date among those of its customer and currency."""

    read = entry_from

    class Meta:
        table_name = TableName("ledger")

    @classmethod
    def of(cls, entity: Entry) -> Self:
        keys = cls.partition(entity.account, entity.customer_id), cls.place(entity)
        return cls(*keys, version=entity.version, document=documents.pack(entity))

    @staticmethod
    def partition(account: str, customer_id: str) -> str:
        """``pk`` of all that a customer's account has."""
        return partition_key(account, customer_id)

    @staticmethod
    def place(entry: Entry) -> str:
        """``sk`` of an entry."""
        return SEPARATOR.join((entry.currency, entry.date.isoformat(), entry.id))


class CreditRecord(Record):
    """A customer's credit in one currency, beside the ledger that tells how it came about."""

    class Meta:
        table_name = TableName("ledger")

    customer_id, currency = (UnicodeAttribute() for _ in range(2))
    amount = NumberAttribute()

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        customer_id, _, currency = identifier.rpartition(" ")
        return partition_key(account, customer_id), f"credit#{currency}"

    @classmethod
    def of(cls, entity: Credit) -> Self:
        values: dict[str, Any] = {"customer_id": entity.customer_id, "currency": entity.currency}
        return cls(*cls.key(entity.account, entity.id), version=entity.version, amount=entity.amount, **values)

    def entity(self) -> Credit:
        return Credit(
            account=self.pk.partition(" ")[0],
            customer_id=self.customer_id,
            currency=self.currency,
            version=int(self.version),
            amount=int(self.amount),
        )
