"""A payment of one invoice, shared by recording a payment and applying credit."""

from datetime import date

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.parties.account import Account
from invoicing.domain.payments.payment import Allocation, Payment
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_COPIED = ("buyer", "currency", "locale", "time_zone")


def payment_on(
    uow: UnitOfWork,
    account: Account,
    invoice: Invoice,
    amount: int,
    method: str,
    *,
    on: date,
    reference: str | None = None,
    notes: str | None = None,
    discount_note_id: str | None = None,
    exchange: Exchange | None = None,
) -> Payment:
    """Make a payment of ``amount`` minor units, with the invoice's ``exchange`` by default; too much is credit."""
    due = min(amount, invoice.amount_due)
    if invoice.seller is None:
        raise LookupError("an issued invoice has a seller")
    template = account.template_after(invoice.template, invoice.buyer.template_id)
    return Payment(
        account=uow.account,
        id=uow.new_id("pay"),
        version=1,
        customer_id=invoice.buyer.id,
        invoice_id=invoice.id,
        amount=amount,
        method=method,
        payment_date=on,
        reference=reference,
        notes=notes,
        exchange=exchange or invoice.exchange,
        allocations=(allocation_of(invoice, due),) if due else (),
        to_credit=amount - due,
        discount_note_id=discount_note_id,
        seller=account.seller_in(template, invoice.seller),
        template=template,
        created_at=uow.now,
        updated_at=uow.now,
        **{name: getattr(invoice, name) for name in _COPIED},
    )


def allocation_of(invoice: Invoice, amount: int) -> Allocation:
    """Return the part of a payment that pays ``amount`` minor units of an invoice as it was before."""
    return Allocation(
        invoice_id=invoice.id,
        invoice_number=invoice.number,
        amount=amount,
        still_due=invoice.amount_due - amount,
    )
