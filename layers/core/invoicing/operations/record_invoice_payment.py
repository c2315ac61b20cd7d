"""Record what a customer paid of an invoice."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from invoicing.domain.calendar import today
from invoicing.domain.events import payment_event
from invoicing.domain.invoice import Invoice, InvoicePayment
from invoicing.domain.ledger import Movement
from invoicing.domain.lifecycle import require, require_version
from invoicing.domain.payment import Allocation, Method, Payment
from invoicing.domain.settlement import exceeds_due, pay
from invoicing.operations.bookkeeping import book, change_credit, credit_of, in_minor_units, save_paid
from invoicing.operations.get_invoice import get_invoice
from invoicing.operations.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayment:
    """A payment as a client gives it, in major units; ``payment_date`` is today, unless it is given."""

    amount: Decimal
    method: Method
    payment_date: date | None = None
    reference: str | None = None
    notes: str | None = None
    allow_overpayment: bool = False


def record_invoice_payment(work: Work, invoice_id: str, new: NewPayment, *, if_version: int | None = None) -> Payment:
    """The payment; what exceeds the amount due becomes the customer's credit, where that is allowed.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` for a draft or a cancelled invoice; `PreconditionFailed`;
    `ValidationFailed` ``AMOUNT_EXCEEDS_DUE``, ``AMOUNT_INVALID``.
    """
    invoice = get_invoice(work, invoice_id)
    require_version(invoice, if_version)
    require(invoice, "pay")
    amount = in_minor_units("amount", new.amount, invoice.currency)
    if amount > invoice.amount_due and not new.allow_overpayment:
        raise exceeds_due("amount", amount, invoice)
    payment = payment_on(
        work, invoice, amount, new.method, on=new.payment_date, reference=new.reference, notes=new.notes
    )
    record_payment_of(work, payment, (invoice,))
    return payment


def record_payment_of(work: Work, payment: Payment, invoices: tuple[Invoice, ...]) -> None:
    """Write money that came: the payment, what it paid, what becomes credit, entry and events."""
    if payment.to_credit:
        change_credit(work, credit_of(work, payment.customer_id, payment.currency), payment.to_credit)
    entry = {"amount": -payment.amount, "credit": payment.to_credit, "document": payment.reference}
    book_payment(work, Movement.PAYMENT, payment, invoices, **entry)


def book_payment(work: Work, movement: Movement, payment: Payment, invoices: tuple[Invoice, ...], **entry: Any) -> None:
    """Write a payment, the invoices of its allocations as paid by it, the ledger's ``entry`` and the events."""
    parts = {allocation.invoice_id: allocation.amount for allocation in payment.allocations}
    for invoice in invoices:
        if part := parts.get(invoice.id):
            save_paid(work, pay(invoice, _on_invoice(payment, part), work.now))
    book(
        work,
        movement,
        customer_id=payment.customer_id,
        currency=payment.currency,
        date=payment.payment_date,
        invoice_id=payment.invoice_id,
        payment_id=payment.id,
        **entry,
    )
    work.changes.save(payment)
    for kind in ("payment.created", "payment.succeeded"):
        work.changes.record(payment_event(work.new_id("evt"), kind, payment, work.now, payment.amount))


def payment_on(
    work: Work,
    invoice: Invoice,
    amount: int,
    method: str,
    *,
    on: date | None = None,
    reference: str | None = None,
    notes: str | None = None,
) -> Payment:
    """A payment of ``amount`` minor units on one invoice, today unless ``on``; beyond its amount due it is credit."""
    due = min(amount, invoice.amount_due)
    if invoice.seller is None:
        raise LookupError("an issued invoice has a seller")
    return Payment(
        account=work.account,
        id=work.new_id("pay"),
        version=1,
        customer_id=invoice.buyer.id,
        invoice_id=invoice.id,
        currency=invoice.currency,
        amount=amount,
        method=method,
        payment_date=on or today(work.now, invoice.time_zone),
        reference=reference,
        notes=notes,
        allocations=(Allocation(invoice_id=invoice.id, invoice_number=invoice.number, amount=due),) if due else (),
        to_credit=amount - due,
        buyer=invoice.buyer,
        seller=invoice.seller,
        time_zone=invoice.time_zone,
        locale=invoice.locale,
        created_at=work.now,
        updated_at=work.now,
    )


def _on_invoice(payment: Payment, amount: int) -> InvoicePayment:
    return InvoicePayment(
        payment_id=payment.id,
        amount=amount,
        method=payment.method,
        payment_date=payment.payment_date,
        reference=payment.reference,
        created_at=payment.created_at,
    )
