"""The indexes that lists are read from, and how a filter becomes a range of their keys.

The range key of an index is the field's text, then the time of creation and the id, so that it is unique and things
alike in the field are in order of creation. See docs/lists.md for what each index serves and costs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from invoicing.domain.calendar import instant_text
from invoicing.domain.invoice import Invoice
from invoicing.domain.lifecycle import is_issued
from invoicing.domain.money import to_major
from invoicing.operations.sort_texts import CREATED, amount_text, search_text

if TYPE_CHECKING:
    from invoicing.domain.credit_note import CreditNote
    from invoicing.domain.events import Event
    from invoicing.domain.party import Customer
    from invoicing.domain.payment import Payment

SEPARATOR = "\x1f"
"""Between the parts of a range key: sorts before everything that is printed, so that AB comes before AB 2."""

Texts = dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index of a table, or with ``name`` None the table itself.

    ``within`` is the field whose one value a partition is of, besides the account; ``field`` is what it sorts by.
    ``prefix`` begins all its range keys; ``unique`` ones are the prefix and the field alone.
    """

    name: str | None
    partition: str
    within: str | None = None
    range: str
    field: str
    prefix: str = ""
    unique: bool = False

    @property
    def lowest(self) -> str:
        """Sorts before all its range keys; DynamoDB takes no empty text."""
        return self.prefix or "\0"

    def begin(self, value: str) -> str:
        """The lowest key of things whose field has this text, or begins with it."""
        return self.prefix + value

    def texts(self, key: str, sk: str) -> Texts:
        """What a range key says of a thing."""
        if self.unique:
            return {self.field: key.removeprefix(self.prefix)}
        *component, created, _ = key.split(SEPARATOR)
        return {CREATED: created, self.field: SEPARATOR.join(component) if component else created, "id": sk}


INVOICE_INDEXES = (
    Index(name="by_created", partition="pk", range="created", field=CREATED),
    Index(name="by_customer", partition="customer", within="customer_id", range="created", field=CREATED),
    Index(name="by_status", partition="status", within="status", range="created", field=CREATED),
    Index(name="by_status_due", partition="status", within="status", range="due", field="due_date"),
    Index(name="by_due", partition="pk", range="due", field="due_date"),
    Index(name="by_issued", partition="pk", range="issued", field="issue_date"),
    Index(name="by_amount", partition="pk", range="amount", field="amount"),
    Index(name="by_currency", partition="currency", within="currency", range="created", field=CREATED),
    # The reservations of numbers, which lie in the table anyway, are the index of numbers.
    Index(name=None, partition="pk", range="sk", field="invoice_number", prefix="number#", unique=True),
)
CUSTOMER_INDEXES = (
    Index(name="by_created", partition="listed", within="archived", range="created", field=CREATED),
    Index(name="by_email", partition="listed", within="archived", range="email", field="email"),
    Index(name="by_name", partition="listed", within="archived", range="name", field="name"),
)
PAYMENT_INDEXES = (
    Index(name="by_created", partition="pk", range="created", field=CREATED),
    Index(name="by_date", partition="pk", range="paid", field="payment_date"),
    Index(name="by_customer", partition="customer", within="customer_id", range="created", field=CREATED),
    Index(name="by_customer_date", partition="customer", within="customer_id", range="paid", field="payment_date"),
)
CREDIT_NOTE_INDEXES = (
    Index(name="by_created", partition="pk", range="created", field=CREATED),
    Index(name="by_customer", partition="customer", within="customer_id", range="created", field=CREATED),
    Index(name="by_invoice", partition="invoice", within="invoice_id", range="created", field=CREATED),
)
OWED = "by_owed"
"""The index of invoices on which something is due, by customer, currency and due date, with the amount due."""

EVENT_INDEXES = (
    Index(name="by_resource", partition="resource", within="resource_id", range="occurred", field=CREATED),
)


def partition_key(account: str, value: str) -> str:
    """The partition of what has one value in common; neither part has a space in it."""
    return f"{account} {value}"


def invoice_texts(invoice: Invoice) -> Texts:
    """The fields of an invoice that lists filter or sort by."""
    return {
        "id": invoice.id,
        "customer_id": invoice.buyer.id,
        "status": str(invoice.status),
        "currency": invoice.currency,
        "amount": amount_text(to_major(invoice.total, invoice.currency)),
        "due_date": invoice.due_date.isoformat(),
        "issue_date": invoice.issue_date.isoformat(),
        "invoice_number": invoice.number,
        CREATED: instant_text(invoice.created_at),
    }


def customer_texts(customer: Customer) -> Texts:
    """The fields of a customer that lists filter or sort by."""
    return {
        "id": customer.id,
        "name": search_text(customer.name),
        "email": search_text(customer.email) if customer.email else None,
        "archived": "true" if getattr(customer, "archived_at", None) else "false",
        CREATED: instant_text(customer.created_at),
    }


def payment_texts(payment: Payment) -> Texts:
    """The fields of a payment that lists filter or sort by."""
    return {
        "id": payment.id,
        "customer_id": payment.customer_id,
        "payment_date": payment.payment_date.isoformat(),
        "payment_method": payment.method,
        "currency": payment.currency,
        "status": str(payment.status),
        CREATED: instant_text(payment.created_at),
    }


def credit_note_texts(note: CreditNote) -> Texts:
    """The fields of a credit note that lists filter or sort by."""
    return {
        "id": note.id,
        "customer_id": note.buyer.id,
        "invoice_id": note.invoice_id,
        CREATED: instant_text(note.created_at),
    }


def event_texts(event: Event) -> Texts:
    """The fields of an event that lists filter or sort by."""
    return {
        "id": event.id,
        "resource_id": event.resource_id,
        "type": event.type,
        CREATED: instant_text(event.occurred_at),
    }


def index_values_of_invoice(invoice: Invoice) -> dict[str, Any]:
    """The attributes that put an invoice into its indexes."""
    texts = invoice_texts(invoice)
    values = _index_values(invoice.account, texts, INVOICE_INDEXES)
    if not is_issued(invoice) or invoice.amount_due == 0:
        return values
    place = (invoice.currency, invoice.due_date.isoformat(), str(texts[CREATED]), invoice.id)
    owed = {"owed_by": partition_key(invoice.account, invoice.buyer.id), "owed": SEPARATOR.join(place)}
    return values | owed | {"amount_due": invoice.amount_due}


def index_values_of_customer(customer: Customer) -> dict[str, Any]:
    """The attributes that put a customer into its indexes; into that of addresses only with one."""
    return _index_values(customer.account, customer_texts(customer), CUSTOMER_INDEXES)


def index_values_of_payment(payment: Payment) -> dict[str, Any]:
    """The attributes that put a payment into its indexes."""
    return _index_values(payment.account, payment_texts(payment), PAYMENT_INDEXES)


def index_values_of_credit_note(note: CreditNote) -> dict[str, Any]:
    """The attributes that put a credit note into its indexes."""
    return _index_values(note.account, credit_note_texts(note), CREDIT_NOTE_INDEXES)


def index_values_of_event(event: Event) -> dict[str, Any]:
    """The attributes that put an event into the timeline of its resource."""
    return _index_values(event.account, event_texts(event), EVENT_INDEXES)


def _index_values(account: str, texts: Texts, indexes: Iterable[Index]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    creation = f"{texts[CREATED]}{SEPARATOR}{texts['id']}"
    for index in indexes:
        text = texts[index.field]
        if index.unique or text is None:
            continue
        if index.within:
            values[index.partition] = partition_key(account, str(texts[index.within]))
        values[index.range] = creation if index.field == CREATED else f"{text}{SEPARATOR}{creation}"
    return values
