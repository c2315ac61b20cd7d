"""A payment of one invoice, shared by recording a payment and applying credit."""

from datetime import date

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.payments.payment import Allocation, Payment
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def payment_on(
    uow: UnitOfWork,
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
    return Payment(
        account=uow.account,
        id=uow.new_id("pay"),
        version=1,
        customer_id=invoice.buyer.id,
        invoice_id=invoice.id,
        currency=invoice.currency,
        amount=amount,
        method=method,
        payment_date=on,
        reference=reference,
        notes=notes,
        exchange=exchange or invoice.exchange,
        allocations=(Allocation(invoice_id=invoice.id, invoice_number=invoice.number, amount=due),) if due else (),
        to_credit=amount - due,
        discount_note_id=discount_note_id,
        buyer=invoice.buyer,
        seller=invoice.seller,
        time_zone=invoice.time_zone,
        locale=invoice.locale,
        created_at=uow.now,
        updated_at=uow.now,
    )
