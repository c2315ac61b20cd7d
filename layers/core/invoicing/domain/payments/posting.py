"""Posting of a payment: everything that is written with it, as one value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from invoicing.domain.invoices.invoice import Invoice, InvoicePayment
from invoicing.domain.invoices.settlement import pay
from invoicing.domain.ledger.entry import Credit, LedgerEntry, Movement, OpenItemChange, changed_by, open_item_change
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Payment


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedPayment:
    """A payment, the invoices it paid, its ledger entry, and the customer's credit where that changes."""

    payment: Payment
    invoices: tuple[Invoice, ...]
    entry: LedgerEntry
    credit: Credit | None


def credit_change(payment: Payment) -> int:
    """Return the change of the customer's credit in minor units: an overpayment adds to it."""
    return -payment.amount if payment.method == CUSTOMER_CREDIT else payment.to_credit


def post_payment(
    payment: Payment, invoices: Sequence[Invoice], credit: Credit | None, *, entry_id: str, now: datetime
) -> PostedPayment:
    """Post a payment; ``credit`` is the customer's, which may be left out where `credit_change` is 0.

    A payment lowers the balance by its amount; applied credit lowers the amount due and the credit alike. `Conflict`
    and `ValidationFailed` as `pay`; `ValidationFailed` ``AMOUNT_EXCEEDS_CREDIT`` when there is too little credit.
    """
    parts = {allocation.invoice_id: allocation.amount for allocation in payment.allocations}
    by_credit = payment.method == CUSTOMER_CREDIT
    change = credit_change(payment)
    if change and credit is None:
        raise LookupError("the payment changes its customer's credit")
    entry = LedgerEntry(
        account=payment.account,
        id=entry_id,
        customer_id=payment.customer_id,
        currency=payment.currency,
        date=payment.payment_date,
        movement=Movement.CREDIT_APPLIED if by_credit else Movement.PAYMENT,
        amount=0 if by_credit else -payment.amount,
        credit=change,
        document=payment.allocations[0].invoice_number if by_credit else payment.reference,
        invoice_id=payment.invoice_id,
        payment_id=payment.id,
        open_items=tuple(change for invoice in invoices for change in _open_item(invoice, parts.get(invoice.id, 0))),
        created_at=now,
    )
    return PostedPayment(
        payment=payment,
        invoices=tuple(
            pay(invoice, _on_invoice(payment, parts[invoice.id]), now) for invoice in invoices if parts.get(invoice.id)
        ),
        entry=entry,
        credit=changed_by(credit, change) if credit and change else None,
    )


def _open_item(invoice: Invoice, paid: int) -> tuple[OpenItemChange, ...]:
    return open_item_change(invoice.due_date, invoice.amount_due, invoice.amount_due - paid)


def _on_invoice(payment: Payment, amount: int) -> InvoicePayment:
    return InvoicePayment(
        payment_id=payment.id,
        amount=amount,
        overpaid=payment.to_credit if payment.invoice_id else 0,
        method=payment.method,
        payment_date=payment.payment_date,
        reference=payment.reference,
        created_at=payment.created_at,
    )
