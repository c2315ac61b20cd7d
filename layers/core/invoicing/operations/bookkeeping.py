"""What all that moves money has in common: the ledger's entry, the customer's credit, the invoice as it is after."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.events import invoice_event, invoice_updated
from invoicing.domain.invoice import Invoice, Status
from invoicing.domain.ledger import Credit, Entry, Movement, changed_by, credit_id
from invoicing.domain.money import to_minor
from invoicing.operations.changes import Ref
from invoicing.operations.work import Work


def book(work: Work, movement: Movement, **about: Any) -> None:
    """Write the ledger's entry of a movement in the transaction that makes it; ``about`` are fields of `Entry`."""
    entry = Entry(account=work.account, id=work.new_id("ent"), movement=movement, created_at=work.now, **about)
    work.changes.save(entry)


def book_invoice(work: Work, movement: Movement, invoice: Invoice, on: date, amount: int, **about: Any) -> None:
    """`book` for something that happened to one invoice on a civil date; ``amount`` in minor units."""
    known = {"customer_id": invoice.buyer.id, "currency": invoice.currency, "invoice_id": invoice.id}
    book(work, movement, date=on, amount=amount, **known | {"document": invoice.number} | about)


def credit_of(work: Work, customer_id: str, currency: str) -> Credit:
    """A customer's credit as it is, 0 when there never was any; one request."""
    ref = Ref(Credit, work.account, credit_id(customer_id, currency))
    return work.store.find(ref) or Credit(account=work.account, customer_id=customer_id, currency=currency)


def change_credit(work: Work, credit: Credit, amount: int) -> None:
    """Add to a customer's credit, or use some of it; `ValidationFailed` ``AMOUNT_EXCEEDS_CREDIT`` below 0."""
    if amount:
        work.changes.save(changed_by(credit, amount))


def save_paid(work: Work, invoice: Invoice) -> None:
    """Write an invoice that was paid, in part or in full, and the event that says so."""
    kind = "invoice.paid" if invoice.status is Status.PAID else "invoice.partially_paid"
    work.changes.save(invoice)
    work.changes.record(invoice_event(work.new_id("evt"), kind, invoice, work.now))


def save_changed(work: Work, before: Invoice, after: Invoice, changed: Sequence[str]) -> None:
    """Write an issued invoice whose figures changed otherwise, and an event that names the fields that changed."""
    status = () if after.status is before.status else ("status",)
    work.changes.save(after)
    names = sorted({"amount_due", *changed, *status})
    work.changes.record(invoice_updated(work.new_id("evt"), after, work.now, names))


def in_minor_units(field: str, amount: Decimal, currency: str) -> int:
    """An amount that a client gave; `ValidationFailed` ``AMOUNT_INVALID`` when it has too many decimals."""
    try:
        return to_minor(amount, currency)
    except ValueError as error:
        raise ValidationFailed(Detail(field, f"{error}.", "AMOUNT_INVALID", amount)) from None
