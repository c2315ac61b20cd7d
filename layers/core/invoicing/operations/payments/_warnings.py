"""Warnings of payments that may be mistakes."""

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.settlement import write_off_advice
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Payment
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def warn_if_repeated(uow: UnitOfWork, payment: Payment, invoice: Invoice, amount: int) -> None:
    """Warn when the invoice has a payment of the same ``amount`` in minor units, date and reference.

    The amount is what a payment pays of several invoices, or all of a payment of this invoice alone.
    """
    for earlier in invoice.payments:
        same = (earlier.amount + earlier.overpaid, earlier.payment_date, earlier.reference) == (
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


def warn_if_written_off(uow: UnitOfWork, payment: Payment, invoice: Invoice) -> None:
    """Warn when money for an invoice became customer credit because the invoice was written off."""
    if payment.to_credit and (advice := write_off_advice(invoice)):
        message = f"What exceeds the amount due becomes the customer's credit.{advice}"
        uow.warn("amount", "INVOICE_WRITTEN_OFF", message)
