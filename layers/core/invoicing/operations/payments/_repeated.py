"""A warning of payments that may have been recorded twice."""

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Payment
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def warn_if_repeated(uow: UnitOfWork, payment: Payment, invoice: Invoice, amount: int) -> None:
    """Warn when the invoice has a payment of the same ``amount`` in minor units, date and reference."""
    for earlier in invoice.payments:
        same = (earlier.amount, earlier.payment_date, earlier.reference) == (
            amount,
            payment.payment_date,
            payment.reference,
        )
        if same and not earlier.returned and earlier.method != CUSTOMER_CREDIT:
            message = (
                f"{invoice.number} already has a payment with this amount, date and reference, {earlier.payment_id}. "
                "Reverse one of them if it was recorded twice."
            )
            uow.warn("amount", "LIKELY_DUPLICATE", message)
            return
