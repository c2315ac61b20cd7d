"""Bodies of requests about payments."""

from typing import Annotated

from pydantic import Field

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.bulk import MOST_ITEMS, BulkItem
from invoicing.api.inputs.exchange_rates import Rate
from invoicing.api.inputs.fields import CivilDate, Currency, Description, Name, PaidAmount, Text, Word
from invoicing.domain.payments.allocation import MOST_INVOICES
from invoicing.domain.payments.payment import Method
from invoicing.operations.payments.record_invoice_payment import NewPayment
from invoicing.operations.payments.record_payment import NewAllocation, NewCustomerPayment
from invoicing.operations.payments.refund_payment import NewRefund


class PaymentInput(RequestBody):
    """Fields of a new payment."""

    amount: PaidAmount
    payment_date: CivilDate | None = None
    payment_method: Method = "other"
    reference: Name | None = None
    notes: Text | None = None
    exchange_rate: Rate | None = None
    allow_overpayment: Annotated[bool, Field(strict=True)] = False
    send_receipt: Annotated[
        bool, Field(strict=True, description="Whether the customer gets the receipt by e-mail.")
    ] = False


class RecordInvoicePaymentInput(PaymentInput):
    """Body of ``POST /invoices/{id}/payments``; ``take_discount`` null takes what the amount pays exactly."""

    take_discount: Annotated[bool, Field(strict=True)] | None = None

    def payment(self) -> NewPayment:
        """Convert to the use case's input."""
        return NewPayment(
            amount=self.amount,
            method=self.payment_method,
            payment_date=self.payment_date,
            reference=self.reference,
            notes=self.notes,
            exchange_rate=self.exchange_rate,
            allow_overpayment=self.allow_overpayment,
            send_receipt=self.send_receipt,
            take_discount=self.take_discount,
        )


class BulkPaymentInput(RecordInvoicePaymentInput, BulkItem):
    """One of the payments of ``POST /payments/bulk``: a payment of an invoice with a key of its own."""

    invoice_id: Word


class RecordPaymentsInput(RequestBody):
    """Body of ``POST /payments/bulk``."""

    payments: Annotated[list[BulkPaymentInput], Field(min_length=1, max_length=MOST_ITEMS)]


class AllocationInput(RequestBody):
    """The part of a payment that is allocated to an invoice."""

    invoice_id: Word
    amount: PaidAmount


class RecordPaymentInput(PaymentInput):
    """Body of ``POST /payments``; without ``allocations`` it pays the invoices due first, with ``[]`` none."""

    customer_id: Word
    currency: Currency | None = None
    allocations: Annotated[list[AllocationInput], Field(max_length=MOST_INVOICES)] | None = None

    def customer_payment(self) -> NewCustomerPayment:
        """Convert to the use case's input."""
        parts = self.allocations
        return NewCustomerPayment(
            customer_id=self.customer_id,
            amount=self.amount,
            currency=self.currency,
            method=self.payment_method,
            payment_date=self.payment_date,
            reference=self.reference,
            notes=self.notes,
            exchange_rate=self.exchange_rate,
            allow_overpayment=self.allow_overpayment,
            send_receipt=self.send_receipt,
            allocations=None
            if parts is None
            else tuple(NewAllocation(invoice_id=part.invoice_id, amount=part.amount) for part in parts),
        )


class RefundPaymentInput(RequestBody):
    """Body of ``POST /payments/{id}/refund``; without an amount it refunds all that is possible."""

    amount: PaidAmount | None = None
    refund_method: Method | None = None
    refund_date: CivilDate | None = None
    exchange_rate: Rate | None = None
    reason: Description | None = None

    def refund(self) -> NewRefund:
        """Convert to the use case's input."""
        return NewRefund(
            amount=self.amount,
            method=self.refund_method,
            refund_date=self.refund_date,
            exchange_rate=self.exchange_rate,
            reason=self.reason,
        )


class ReversePaymentInput(RequestBody):
    """Body of ``POST /payments/{id}/reverse``."""

    reason: Description
    reversal_date: CivilDate | None = None
