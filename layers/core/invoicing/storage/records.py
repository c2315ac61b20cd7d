"""What lies in which table under which key.

Every item carries its account in ``pk``, but for what is looked up before the account is known: API keys and the
links of public pages. An item's attributes are what conditions and indexes need; all else is in ``document``.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Self, cast

import orjson
from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from invoicing.domain.delivery import Delivery
from invoicing.domain.numbering import NumberReservation, NumberSeries, SeriesId
from invoicing.domain.page import PageLink
from invoicing.operations.changes import Mark
from invoicing.storage import documents
from invoicing.storage.indexes import index_values_of_customer, index_values_of_invoice
from invoicing.storage.record import DocumentRecord, Record
from invoicing.storage.tables import TableName

DELIVERIES_KEPT = timedelta(days=400)
MARKS_KEPT = timedelta(hours=24)


class AccountRecord(DocumentRecord):
    """The profile of an account in one mode."""

    read = documents.account_from

    class Meta:
        table_name = TableName("accounts")

    @staticmethod
    def key(account: str, _: str, /) -> tuple[str, str]:
        return account, "profile"


class SeriesRecord(Record):
    """A number series; its own item, so that issuing does not collide with changes of the profile."""

    class Meta:
        table_name = TableName("accounts")

    next_values = UnicodeAttribute()

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"series#{identifier}"

    @classmethod
    def of(cls, entity: NumberSeries) -> Self:
        skipped = {"skipped": entity.skipped} if entity.skipped else {}  # no period is called so
        values = orjson.dumps({**entity.next_values, **skipped}).decode()
        return cls(*cls.key(entity.account, entity.id), version=entity.version, next_values=values)

    def entity(self) -> NumberSeries:
        values = orjson.loads(self.next_values)
        skipped = values.pop("skipped", {})
        return NumberSeries(
            account=self.pk,
            id=cast(SeriesId, self.sk.removeprefix("series#")),
            version=int(self.version),
            next_values=values,
            skipped={period: tuple(map(tuple, runs)) for period, runs in skipped.items()},
        )


class ExchangeRatesRecord(DocumentRecord):
    """The exchange rates that an account has set."""

    read = documents.exchange_rates_from

    class Meta:
        table_name = TableName("accounts")

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"rates#{identifier}"


class CustomerRecord(DocumentRecord):
    """A customer."""

    read = documents.customer_from
    indexed = index_values_of_customer

    class Meta:
        table_name = TableName("customers")

    listed, created, name, email = (UnicodeAttribute(null=True) for _ in range(4))


class InvoiceRecord(DocumentRecord):
    """An invoice with its lines."""

    read = documents.invoice_from
    write = documents.invoice_values
    room = documents.room_for_invoice
    indexed = index_values_of_invoice

    class Meta:
        table_name = TableName("invoices")

    created, due, issued, amount = (UnicodeAttribute(null=True) for _ in range(4))
    customer, status, currency = (UnicodeAttribute(null=True) for _ in range(3))
    owed_by, owed = (UnicodeAttribute(null=True) for _ in range(2))
    amount_due = NumberAttribute(null=True)


class ReservationRecord(Record):
    """A number that is taken; it shares its table with the invoices."""

    class Meta:
        table_name = TableName("invoices")

    # Only invoices have the first: lists of invoices find them by it, in the order of their numbers.
    invoice_id, credit_note_id = (UnicodeAttribute(null=True) for _ in range(2))
    period = UnicodeAttribute(null=True)
    value = NumberAttribute(null=True)

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"number#{identifier}"

    @classmethod
    def of(cls, entity: NumberReservation) -> Self:
        owner: dict[str, Any] = {f"{entity.series}_id": entity.taken_by}
        key = cls.key(entity.account, entity.id)
        return cls(*key, version=1, period=entity.period, value=entity.value, **owner)

    def entity(self) -> NumberReservation:
        value: Any = self.value
        is_invoice = self.invoice_id is not None
        return NumberReservation(
            account=self.pk,
            id=self.sk.removeprefix("number#"),
            series="invoice" if is_invoice else "credit_note",
            taken_by=self.invoice_id if is_invoice else self.credit_note_id,
            period=self.period,
            value=None if value is None else int(value),
        )


class PageLinkRecord(Record):
    """Where a page's token leads."""

    class Meta:
        table_name = TableName("invoices")

    account = UnicodeAttribute()
    invoice_id = UnicodeAttribute()

    @staticmethod
    def key(_: str, identifier: str, /) -> tuple[str, str]:
        return f"page#{identifier}", "link"

    @classmethod
    def of(cls, entity: PageLink) -> Self:
        return cls(*cls.key("", entity.id), version=1, account=entity.account, invoice_id=entity.invoice_id)

    def entity(self) -> PageLink:
        return PageLink(id=self.pk.removeprefix("page#"), account=self.account, invoice_id=self.invoice_id)


class DeliveryRecord(DocumentRecord):
    """An e-mail that was asked for."""

    read = documents.delivery_from

    class Meta:
        table_name = TableName("deliveries")

    expires_at = NumberAttribute()

    @classmethod
    def of(cls, entity: Delivery) -> Self:
        record = super().of(entity)
        record.expires_at = int((entity.created_at + DELIVERIES_KEPT).timestamp())
        return record


class MarkRecord(Model):
    """What an idempotency key has done; there is one item for each key of an account."""

    class Meta:
        table_name = TableName("idempotency")

    pk = UnicodeAttribute(hash_key=True)
    request_hash = UnicodeAttribute()
    answer = BinaryAttribute(legacy_encoding=False)
    expires_at = NumberAttribute()

    @staticmethod
    def key(account: str, key: str) -> str:
        """``pk`` of a key of an account."""
        return f"{account} {key}"  # neither has a space in it, so no two of them are the same

    @classmethod
    def of(cls, mark: Mark) -> Self:
        return cls(
            cls.key(mark.account, mark.key),
            request_hash=mark.request_hash,
            answer=documents.pack(mark.answer),
            expires_at=int((mark.created_at + MARKS_KEPT).timestamp()),
        )

    def mark(self, account: str, key: str) -> Mark:
        """The mark that is stored."""
        return Mark(
            account=account,
            key=key,
            request_hash=self.request_hash,
            answer=documents.unpack(self.answer),
            created_at=datetime.fromtimestamp(self.expires_at, UTC) - MARKS_KEPT,
        )
