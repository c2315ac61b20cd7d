"""Bodies of requests about invoices."""

import re
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.adjustments import DocumentAdjustments, Prepayments, Withholdings
from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.bulk import MOST_ITEMS, BulkItem
from invoicing.api.inputs.early_payment import EarlyPaymentDiscounts
from invoicing.api.inputs.exchange_rates import Rate
from invoicing.api.inputs.fields import (
    CivilDate,
    Currency,
    Metadata,
    Name,
    TaxRate,
    Text,
    Word,
    form_check,
    text_schema,
)
from invoicing.api.inputs.lines import DiscountInput, Lines
from invoicing.api.inputs.locales import InLanguages
from invoicing.api.inputs.particulars import OfOneSupply, StandingParticulars
from invoicing.api.inputs.rounding import RoundingInput
from invoicing.api.inputs.service_periods import Period
from invoicing.api.inputs.taxes import Taxes, one_form_only
from invoicing.domain.files.attachment import MOST_FILES
from invoicing.domain.invoices.drafting import NewInvoice

Attachments = Annotated[list[Word], Field(max_length=MOST_FILES)]
"""Identifiers of files."""
_NUMBER = re.compile(r"[!-~]([ -~]{0,58}[!-~])?")
InvoiceNumber = Annotated[
    str,
    StringConstraints(strict=True, max_length=60),
    AfterValidator(
        form_check(
            _NUMBER, "VALUE_INVALID", "must be 1 to 60 printable ASCII characters, without a space at either end"
        )
    ),
    text_schema(maxLength=60, pattern=f"^{_NUMBER.pattern}$"),
]


class ContentInput(StandingParticulars, InLanguages):
    """What an invoice has in it, apart from its number and dates; ``terms`` is the older name of ``payment_terms``."""

    items: Lines
    currency: Currency | None = None
    series_id: Word | None = None
    payment_terms: Word | None = None
    terms: Word | None = None
    early_payment_discounts: EarlyPaymentDiscounts | None = None
    tax_rate: TaxRate | None = None
    taxes: Taxes | None = None
    discount: DiscountInput | None = None
    charges: DocumentAdjustments | None = None
    allowances: DocumentAdjustments | None = None
    withholdings: Withholdings | None = None
    rounding: RoundingInput | None = None
    prices_include_tax: Annotated[bool, Field(strict=True)] = False
    notes: Text | None = None
    purchase_order: Word | None = None
    template_id: Word | None = None
    email_subject: Name | None = None
    email_message: Text | None = None
    metadata: Metadata = Field(default_factory=dict)

    @model_validator(mode="after")
    def _terms_once(self) -> Self:
        if self.terms and self.payment_terms and self.terms != self.payment_terms:
            raise PydanticCustomError(
                "TERMS_CONFLICT",
                "must not have different values for payment_terms and terms, its older name; send only payment_terms",
            )
        return self

    @model_validator(mode="after")
    def _one_form_of_tax(self) -> Self:
        if self.tax_rate is not None and self.taxes is not None:
            raise one_form_only()
        return self

    def invoice_for(self, customer_id: str) -> NewInvoice:
        """Convert to the domain's value."""
        return NewInvoice(
            customer_id=customer_id,
            lines=self.items,
            currency=self.currency,
            series_id=self.series_id,
            payment_terms=self.payment_terms or self.terms,
            early_payment_discounts=self.early_payment_discounts,
            tax_rate=self.tax_rate,
            taxes=self.taxes or (),
            discount=self.discount.discount() if self.discount else None,
            charges=self.charges or (),
            allowances=self.allowances or (),
            withholdings=self.withholdings or (),
            rounding=self.rounding.choice() if self.rounding else None,
            prices_include_tax=self.prices_include_tax,
            notes=self.notes,
            purchase_order=self.purchase_order,
            particulars=self.particulars(),
            template_id=self.template_id,
            locale=self.locale_given,
            email_subject=self.email_subject,
            email_message=self.email_message,
            metadata=self.metadata,
        )


class InvoiceInput(ContentInput, OfOneSupply):
    """Fields of a new invoice."""

    invoice_number: InvoiceNumber | None = None
    issue_date: CivilDate | None = None
    due_date: CivilDate | None = None
    exchange_rate: Rate | None = None
    prepayments: Prepayments | None = None
    service_period: Period | None = None
    attachments: Attachments = Field(default_factory=list)
    send_email: Annotated[bool, Field(strict=True)] = False

    def invoice_for(self, customer_id: str) -> NewInvoice:
        """Convert to the domain's value."""
        return replace(
            super().invoice_for(customer_id),
            number=self.invoice_number,
            issue_date=self.issue_date,
            due_date=self.due_date,
            exchange_rate=self.exchange_rate,
            prepayments=self.prepayments or (),
            service_period=self.service_period,
        )


class CreateInvoiceInput(InvoiceInput):
    """Body of ``POST /invoices``; ``terms`` is the older name of ``payment_terms``."""

    customer_id: Word

    def invoice(self) -> NewInvoice:
        """Convert to the use case's input."""
        return self.invoice_for(self.customer_id)


class BulkInvoiceInput(CreateInvoiceInput, BulkItem):
    """One of the invoices of ``POST /invoices/bulk``: a body of ``POST /invoices`` with a key of its own."""


class CreateInvoicesInput(RequestBody):
    """Body of ``POST /invoices/bulk``."""

    invoices: Annotated[list[BulkInvoiceInput], Field(min_length=1, max_length=MOST_ITEMS)]
