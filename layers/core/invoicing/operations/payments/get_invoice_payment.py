"""Read a payment of an invoice."""

from invoicing.domain.errors import not_found
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.payments.payment import Payment
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def get_invoice_payment(uow: UnitOfWork, invoice_id: str, payment_id: str) -> Payment:
    """Return the payment; `NotFound` ``INVOICE_NOT_FOUND``, or ``PAYMENT_NOT_FOUND`` if it paid another invoice."""
    uow.prefetch((Invoice, invoice_id), (Payment, payment_id))
    invoice, payment = uow.get(Invoice, invoice_id), uow.get(Payment, payment_id)
    if all(part.invoice_id != invoice.id for part in payment.allocations):
        raise not_found("Payment", payment_id)
    return payment
