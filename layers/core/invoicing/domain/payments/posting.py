"""Posting of a payment: everything that is written with it, as one value."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice import Invoice, InvoicePayment
from invoicing.domain.invoices.settlement import pay
from invoicing.domain.ledger.cash_tax import cash_taxes
from invoicing.domain.ledger.entry import Credit, LedgerEntry, Movement, OpenItemChange, changed_by
from invoicing.domain.ledger.open_items import open_item_change
from invoicing.domain.money.credit_lots import is_money, taken
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
    after = changed_by(credit, change) if credit and change else None
    paid = [(each, pay(each, _on_invoice(payment, parts[each.id]), now)) for each in invoices if parts.get(each.id)]
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
        method=None if by_credit else payment.method,
        open_items=tuple(change for invoice in invoices for change in _open_item(invoice, parts, payment.payment_date)),
        cash_taxes=cash_taxes(paid, (credit, after) if credit and after else None),
        created_at=now,
    )
    if by_credit and credit:
        payment = _with_lots(payment, credit)
    return PostedPayment(payment=payment, invoices=tuple(invoice for _, invoice in paid), entry=entry, credit=after)


def _with_lots(payment: Payment, credit: Credit) -> Payment:
    """Let a payment from credit keep the lots that it uses; money alone comes back as money without them."""
    lots = taken(credit.all_lots, payment.amount)
    return payment if all(map(is_money, lots)) else replace(payment, used_lots=lots)


def _open_item(invoice: Invoice, parts: Mapping[str, int], on: date) -> tuple[OpenItemChange, ...]:
    return open_item_change(invoice, invoice.amount_due, invoice.amount_due - parts.get(invoice.id, 0), on)


def _on_invoice(payment: Payment, amount: int) -> InvoicePayment:
    return InvoicePayment(
        payment_id=payment.id,
        amount=amount,
        overpaid=payment.to_credit if payment.invoice_id else 0,
        alone=payment.invoice_id is not None,
        method=payment.method,
        payment_date=payment.payment_date,
        reference=payment.reference,
        created_at=payment.created_at,
    )
