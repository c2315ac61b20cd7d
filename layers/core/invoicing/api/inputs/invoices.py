"""What clients send about invoices."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal, NotRequired, Self, TypedDict

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator, with_config
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import (
    Amount,
    CivilDate,
    Currency,
    Description,
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

MAX_LINES = 500
InvoiceNumber = Annotated[str, StringConstraints(strict=True, max_length=60, pattern=r"^[!-~]([ -~]{0,58}[!-~])?$")]


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


LineDiscount = Annotated[
    DiscountInput,
    BeforeValidator(_amount_as_object, json_schema_input_type=Amount | DiscountInput),
    AfterValidator(DiscountInput.discount),
]


# Checked as a dict, which takes less than an object of its own for each of 500 lines.
@with_config(RequestBody.model_config)
class LineInput(TypedDict):
    """A line of an invoice."""

    description: Description
    quantity: Quantity
    unit_price: UnitPrice
    tax_rate: NotRequired[TaxRate | None]
    discount: NotRequired[LineDiscount | None]
    sku: NotRequired[Word | None]
    unit: NotRequired[Word | None]
    tax_category: NotRequired[Word | None]
    tax_name: NotRequired[Word | None]


Lines = Annotated[list[LineInput], Field(min_length=1, max_length=MAX_LINES)]


def new_lines(given: Sequence[LineInput]) -> tuple[NewLine, ...]:
    """What the rules take."""
    return tuple(NewLine(**line) for line in given)  # type: ignore[arg-type]  # discount() was called


class InvoiceInput(RequestBody):
    """What clients say of an invoice; ``terms`` is the older name of ``payment_terms``."""

    items: Lines
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
            lines=new_lines(self.items),
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
