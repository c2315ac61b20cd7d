"""Bodies of requests about payments."""

from typing import Annotated

from pydantic import Field

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import CivilDate, Name, PaidAmount, Text
from invoicing.domain.payment import Method
from invoicing.operations.record_invoice_payment import NewPayment


class RecordInvoicePaymentInput(RequestBody):
    """Body of ``POST /invoices/{id}/payments``."""

    amount: PaidAmount
    payment_date: CivilDate | None = None
    payment_method: Method = "other"
    reference: Name | None = None
    notes: Text | None = None
    allow_overpayment: Annotated[bool, Field(strict=True)] = False

    def payment(self) -> NewPayment:
        """What the use case takes."""
        return NewPayment(
            amount=self.amount,
            method=self.payment_method,
            payment_date=self.payment_date,
            reference=self.reference,
            notes=self.notes,
            allow_overpayment=self.allow_overpayment,
        )
