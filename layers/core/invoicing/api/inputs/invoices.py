"""What clients send about invoices."""

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import (
    Amount,
    CivilDate,
    Currency,
    Description,
    Email,
    Emails,
    Locale,
    Metadata,
    Name,
    Quantity,
    TaxRate,
    Text,
    UnitPrice,
    Word,
)
from invoicing.domain.drafting import NewInvoice, NewLine
from invoicing.domain.tax import Discount
from invoicing.operations.issuing import EmailRequest

MAX_LINES = 500
InvoiceNumber = Annotated[str, StringConstraints(strict=True, pattern=r"^[!-~]([ -~]{0,58}[!-~])?$")]


class DiscountInput(RequestBody):
    """An amount in major units (``fixed``), or a number of percent from 0 to 100 (``percentage``)."""

    type: Literal["fixed", "percentage"]
    value: Amount

    @model_validator(mode="after")
    def _at_most_everything(self) -> Self:
        if self.type == "percentage" and self.value > 100:
            raise PydanticCustomError("DISCOUNT_INVALID", "A percentage is at most 100.")
        return self

    def discount(self) -> Discount:
        """What the rules take."""
        return Discount(type=self.type, value=self.value)


def _amount_as_object(value: Any) -> Any:
    """A line's discount may be a plain amount."""
    return {"type": "fixed", "value": value} if isinstance(value, (int, Decimal)) else value


class LineInput(RequestBody):
    """A line of an invoice."""

    description: Description
    quantity: Quantity
    unit_price: UnitPrice
    tax_rate: TaxRate | None = None
    discount: (
        Annotated[DiscountInput, BeforeValidator(_amount_as_object, json_schema_input_type=Amount | DiscountInput)]
        | None
    ) = None
    sku: Word | None = None
    unit: Word | None = None
    tax_category: Word | None = None
    tax_name: Word | None = None

    def line(self) -> NewLine:
        """What the rules take."""
        return NewLine(
            description=self.description,
            quantity=self.quantity,
            unit_price=self.unit_price,
            tax_rate=self.tax_rate,
            discount=self.discount.discount() if self.discount else None,
            sku=self.sku,
            unit=self.unit,
            tax_category=self.tax_category,
            tax_name=self.tax_name,
        )


class InvoiceInput(RequestBody):
    """What clients say of an invoice; ``terms`` is the older name of ``payment_terms``."""

    items: Annotated[list[LineInput], Field(min_length=1, max_length=MAX_LINES)]
    currency: Currency | None = None
    invoice_number: InvoiceNumber | None = None
    issue_date: CivilDate | None = None
    due_date: CivilDate | None = None
    payment_terms: Word | None = None
    terms: Word | None = None
    tax_rate: TaxRate | None = None
    discount: DiscountInput | None = None
    prices_include_tax: Annotated[bool, Field(strict=True)] = False
    notes: Text | None = None
    purchase_order: Word | None = None
    locale: Locale | None = None
    send_email: Annotated[bool, Field(strict=True)] = False
    email_subject: Name | None = None
    email_message: Text | None = None
    metadata: Metadata = Field(default_factory=dict)

    @model_validator(mode="after")
    def _terms_once(self) -> Self:
        if self.terms and self.payment_terms and self.terms != self.payment_terms:
            raise PydanticCustomError("TERMS_CONFLICT", "payment_terms and its older name terms differ.")
        return self

    def invoice_for(self, customer_id: str) -> NewInvoice:
        """What the rules take."""
        return NewInvoice(
            customer_id=customer_id,
            lines=[line.line() for line in self.items],
            currency=self.currency,
            number=self.invoice_number,
            issue_date=self.issue_date,
            due_date=self.due_date,
            payment_terms=self.payment_terms or self.terms,
            tax_rate=self.tax_rate,
            discount=self.discount.discount() if self.discount else None,
            prices_include_tax=self.prices_include_tax,
            notes=self.notes,
            purchase_order=self.purchase_order,
            locale=self.locale,
            email_subject=self.email_subject,
            email_message=self.email_message,
            metadata=self.metadata,
        )


class CreateInvoiceInput(InvoiceInput):
    """Body of ``POST /invoices``; ``terms`` is the older name of ``payment_terms``."""

    customer_id: Word

    def invoice(self) -> NewInvoice:
        """What the use case takes."""
        return self.invoice_for(self.customer_id)


class CalculateInvoiceInput(InvoiceInput):
    """Body of ``POST /invoices/calculate``: as for ``POST /invoices``, and it may do without a customer."""

    customer_id: Word | None = None

    def invoice(self) -> NewInvoice:
        """What the use case takes."""
        return self.invoice_for(self.customer_id or "")


class VoidInvoiceInput(RequestBody):
    """Body of ``POST /invoices/{id}/void``; the reason is for the account's own books."""

    reason: Description | None = None


Recipients = Annotated[
    list[Email],
    Field(min_length=1, max_length=10),
    BeforeValidator(
        lambda value: [value] if isinstance(value, str) else value, json_schema_input_type=Email | list[Email]
    ),
]


class EmailInput(RequestBody):
    """Whom an e-mail goes to, and what it says, where that differs from what follows from the customer."""

    email_subject: Name | None = None
    email_message: Text | None = None
    to: Recipients | None = None
    cc: Emails | None = None
    bcc: Emails = Field(default_factory=list)

    def request(self) -> EmailRequest:
        """What the use cases take."""
        return EmailRequest(
            to=None if self.to is None else tuple(self.to),
            cc=None if self.cc is None else tuple(self.cc),
            bcc=tuple(self.bcc),
            subject=self.email_subject,
            message=self.email_message,
        )


class SendInvoiceInput(EmailInput):
    """Body of ``POST /invoices/{id}/send``; with ``send_email`` false the invoice is only marked as sent."""

    send_email: Annotated[bool, Field(strict=True)] = True

    def email(self) -> EmailRequest | None:
        """What the use case takes."""
        return self.request() if self.send_email else None
