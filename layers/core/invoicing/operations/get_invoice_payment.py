"""Read a payment of an invoice."""

from invoicing.domain.errors import not_found
from invoicing.domain.invoice import Invoice
from invoicing.domain.payment import Payment
from invoicing.operations.changes import Ref
from invoicing.operations.work import Work


def get_invoice_payment(work: Work, invoice_id: str, payment_id: str) -> Payment:
    """The payment; `NotFound` ``INVOICE_NOT_FOUND``, ``PAYMENT_NOT_FOUND`` for one that paid nothing of the invoice."""
    invoice, payment = work.store.find_together(
        Ref(Invoice, work.account, invoice_id), Ref(Payment, work.account, payment_id)
    )
    if invoice is None:
        raise not_found("invoice", invoice_id)
    if payment is None or all(part.invoice_id != invoice.id for part in payment.allocations):
        raise not_found("payment", payment_id)
    return payment
