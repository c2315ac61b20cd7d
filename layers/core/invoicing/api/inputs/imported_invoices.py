"""Rows of imported invoices: a body of ``POST /invoices`` with what became of the invoice since."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Amount, CivilDate, Name, PaidAmount
from invoicing.api.inputs.invoices import CreateInvoiceInput, InvoiceNumber
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.imports.imported_invoice import MOST_PAYMENTS, ImportedInvoice, ImportedPayment
from invoicing.domain.payments.payment import Method

NOT_IMPORTED = frozenset({"send_email", "attachments", "series_id"})
"""Fields of a new invoice that one which is issued already does not have."""


class ImportedPaymentInput(RequestBody):
    """A payment of an imported invoice."""

    amount: PaidAmount
    payment_date: CivilDate
    payment_method: Method = "other"
    reference: Name | None = None


class ImportedInvoiceInput(CreateInvoiceInput):
    """An invoice that another system issued; ``amount_paid`` with ``paid_date`` is short for one of ``payments``."""

    invoice_number: InvoiceNumber
    issue_date: CivilDate
    status: Literal["sent", "partially_paid", "paid", "cancelled"] | None = None
    payments: Annotated[list[ImportedPaymentInput], Field(max_length=MOST_PAYMENTS)] | None = None
    amount_paid: Amount | None = None
    paid_date: CivilDate | None = None
    payment_method: Method | None = None
    tax: Amount | None = None
    total: Amount | None = None

    @model_validator(mode="after")
    def _is_issued(self) -> Self:
        if given := sorted(NOT_IMPORTED & self.model_fields_set):
            raise PydanticCustomError("FIELD_UNKNOWN", "must not have {names}", {"names": ", ".join(given)})
        return self

    def imported(self, content: str) -> ImportedInvoice:
        """Convert to the use case's input; ``content`` is the hash of the rows. `ValidationFailed`."""
        return ImportedInvoice(
            new=self.invoice(),
            number=self.invoice_number,
            status=self.status,
            payments=self._payments(),
            tax=self.tax,
            total=self.total,
            content=content,
        )

    def _payments(self) -> tuple[ImportedPayment, ...]:
        if self.payments:
            if self.amount_paid is not None or self.paid_date or self.payment_method:
                message = "payments must not be given with amount_paid, paid_date or payment_method."
                raise ValidationFailed(Detail("payments", message, "PAYMENTS_CONFLICT"))
            return tuple(
                ImportedPayment(
                    amount=each.amount,
                    on=each.payment_date,
                    method=each.payment_method,
                    reference=each.reference,
                    amount_field=f"payments[{index}].amount",
                    date_field=f"payments[{index}].payment_date",
                )
                for index, each in enumerate(self.payments)
            )
        if not self.amount_paid and self.status != "paid" and not self.paid_date:
            return ()
        if self.amount_paid is not None and not self.amount_paid:
            return ()
        return (ImportedPayment(amount=self.amount_paid, on=self.paid_date, method=self.payment_method or "other"),)
