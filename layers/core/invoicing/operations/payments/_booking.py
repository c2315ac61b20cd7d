"""Booking of payments, apart from other bookkeeping so that invoices are issued without loading payments."""

from collections.abc import Sequence

from invoicing.domain.events.invoices import INVOICE_PAID, INVOICE_PARTIALLY_PAID
from invoicing.domain.events.payments import PAYMENT_CREATED, PAYMENT_SUCCEEDED
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.ledger.entry import Credit
from invoicing.domain.payments.payment import Payment
from invoicing.domain.payments.posting import PostedPayment, credit_change, post_payment
from invoicing.operations.ledger.bookkeeping import book_entry, credit_of
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def book_payment(
    uow: UnitOfWork,
    payment: Payment,
    invoices: Sequence[Invoice],
    credit: Credit | None = None,
    *,
    send_receipt: bool = False,
) -> PostedPayment:
    """Write a payment and all that it changes, and return them; given are the invoices of its allocations.

    The customer's ``credit`` is read where the payment changes it, unless it is given. With ``send_receipt``, the
    e-mail of the receipt is ordered with it.
    """
    if credit is None and credit_change(payment):
        credit = credit_of(uow, payment.customer_id, payment.currency)
    posted = post_payment(payment, invoices, credit, entry_id=uow.new_id("ent"), now=uow.now)
    payment = posted.payment
    for invoice in posted.invoices:
        uow.changes.save(invoice)
        uow.record(INVOICE_PAID if invoice.status is Status.PAID else INVOICE_PARTIALLY_PAID, invoice)
    if posted.credit is not None:
        uow.changes.save(posted.credit)
    book_entry(uow, posted.entry)
    uow.changes.save(payment)
    uow.record(PAYMENT_CREATED, payment)
    uow.record(PAYMENT_SUCCEEDED, payment)
    if send_receipt:
        from invoicing.operations.payments._receipts import email_receipt_of_new  # noqa: PLC0415

        email_receipt_of_new(uow, payment)
    return posted
