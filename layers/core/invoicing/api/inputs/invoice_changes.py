"""Body of requests that change a draft."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.adjustments import DocumentAdjustments, Prepayments, Withholdings
from invoicing.api.inputs.early_payment import EarlyPaymentDiscounts
from invoicing.api.inputs.exchange_rates import Rate
from invoicing.api.inputs.fields import (
    CivilDate,
    Currency,
    MetadataChanges,
    Name,
    TaxRate,
    Text,
    Word,
    merge_metadata,
)
from invoicing.api.inputs.invoices import Attachments, InvoiceNumber
from invoicing.api.inputs.lines import DiscountChanges, Lines
from invoicing.api.inputs.locales import InLanguages
from invoicing.api.inputs.particulars import OfOneSupply, ParticularsChanges
from invoicing.api.inputs.rounding import RoundingInput
from invoicing.api.inputs.service_periods import Period
from invoicing.api.inputs.taxes import Taxes, one_form_only
from invoicing.domain.invoices.particulars import NAMES
from invoicing.domain.money.rounding import RoundingChoice

_OTHERWISE_NAMED = frozenset(
    {"items", "terms", "discount", "rounding", "locale", "locales", "metadata", "attachments", *NAMES}
)
_LISTS = frozenset({"taxes", "charges", "allowances", "withholdings", "prepayments"})


class ContentChanges(ParticularsChanges, InLanguages):
    """Changes of what an invoice has in it: a missing field stays, null removes a value, objects merge."""

    # Factories instead of defaults: items and the kind of prices can be changed, but not removed.
    items: Lines = Field(default_factory=tuple)
    currency: Currency | None = None
    series_id: Word | None = None
    payment_terms: Word | None = None
    terms: Word | None = None
    early_payment_discounts: EarlyPaymentDiscounts | None = None
    tax_rate: TaxRate | None = None
    taxes: Taxes | None = None
    discount: DiscountChanges | None = None
    charges: DocumentAdjustments | None = None
    allowances: DocumentAdjustments | None = None
    withholdings: Withholdings | None = None
    rounding: RoundingInput | None = None
    prices_include_tax: Annotated[bool, Field(strict=True)] = Field(default_factory=bool)
    notes: Text | None = None
    purchase_order: Word | None = None
    template_id: Word | None = None
    email_subject: Name | None = None
    email_message: Text | None = None
    metadata: MetadataChanges | None = None

    @model_validator(mode="after")
    def _terms_once(self) -> Self:
        if {"terms", "payment_terms"} <= self.model_fields_set and self.terms != self.payment_terms:
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

    def changes(self) -> dict[str, Any]:
        """Return the fields that were sent, under the names of `NewInvoice`; nested objects as `Merge`."""
        sent = self.model_fields_set
        converted: dict[str, Any] = {
            "lines": ("items", self.items),
            "payment_terms": ("terms", self.terms),
            "discount": ("discount", self.discount.changes() if self.discount else None),
            "rounding": ("rounding", self.rounding.merge(RoundingChoice) if self.rounding else None),
            "metadata": ("metadata", merge_metadata(self.metadata)),
        }
        changes = {name: value for name, (field, value) in converted.items() if field in sent}
        changes |= {name: getattr(self, name) for name in sent - _OTHERWISE_NAMED} | self.locale_changed
        if sent & {*NAMES}:
            changes["particulars"] = self.changed_particulars()
        return changes | {name: changes[name] or () for name in _LISTS & sent}


class UpdateInvoiceInput(ContentChanges, OfOneSupply):
    """Body of ``PATCH /invoices/{id}``: a missing field stays, null removes a value, objects merge.

    ``items`` are replaced as a whole. ``terms`` is the older name of ``payment_terms``.
    """

    customer_id: Word = Field(default_factory=str)
    invoice_number: InvoiceNumber | None = None
    issue_date: CivilDate | None = None
    due_date: CivilDate | None = None
    exchange_rate: Rate | None = None
    prepayments: Prepayments | None = None
    service_period: Period | None = None
    attachments: Attachments | None = None

    @property
    def file_ids(self) -> tuple[str, ...] | None:
        """The identifiers of all attachments, None when they stay."""
        return tuple(self.attachments or ()) if "attachments" in self.model_fields_set else None

    def changes(self) -> dict[str, Any]:
        """Return the fields that were sent, under the names of `NewInvoice`; nested objects as `Merge`."""
        changes = super().changes()
        if "invoice_number" in changes:
            changes["number"] = changes.pop("invoice_number")
        return changes
