"""Charges and allowances, withholdings and prepayments in request bodies."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody, converted
from invoicing.api.inputs.fields import Amount, CivilDate, Name, PaidAmount, TaxRate, Word, number_check, number_schema
from invoicing.api.inputs.taxes import ExemptionCode, ExemptionReason, TaxCategory, Taxes, one_form_only
from invoicing.domain.money.adjustments import NewAdjustment, NewDocumentAdjustment
from invoicing.domain.money.payable import NewPrepayment, NewWithholding

MOST_ADJUSTMENTS = 20
MOST_WITHHOLDINGS = 5
MOST_PREPAYMENTS = 20

Percentage = Annotated[
    Decimal,
    PlainValidator(number_check("PERCENTAGE_INVALID", Decimal(0), Decimal(100), above=True, hint="; 8 is 8 %")),
    number_schema(exclusiveMinimum=0, maximum=100),
]


class AdjustmentInput(RequestBody):
    """A charge or an allowance: an amount in major units, or a number of percent."""

    description: Name
    amount: PaidAmount | None = None
    percentage: Percentage | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.amount is None) == (self.percentage is None):
            raise PydanticCustomError("AMOUNT_INVALID", "must have either amount or percentage")
        return self


class DocumentAdjustmentInput(AdjustmentInput):
    """A charge or an allowance of the whole invoice; without a tax of its own, the invoice's applies."""

    tax_rate: TaxRate | None = None
    taxes: Taxes | None = None
    tax_category: TaxCategory | None = None
    tax_name: Word | None = None
    tax_exemption_reason: ExemptionReason | None = None
    tax_exemption_code: ExemptionCode | None = None

    @model_validator(mode="after")
    def _one_form_of_tax(self) -> Self:
        if self.tax_rate is not None and self.taxes is not None:
            raise one_form_only()
        return self


class WithholdingInput(RequestBody):
    """A tax that the customer withholds; ``rate`` is a fraction of the total without tax."""

    name: Word
    rate: TaxRate


class PrepaymentInput(RequestBody):
    """A payment made before the invoice, in major units; ``tax`` says how much of it is tax."""

    amount: PaidAmount
    tax: Amount | None = None
    reference: Word | None = None
    date: CivilDate | None = None


def _adjustments(given: Sequence[AdjustmentInput]) -> tuple[NewAdjustment, ...]:
    return tuple(NewAdjustment(**_members(each)) for each in given)


def _document_adjustments(given: Sequence[DocumentAdjustmentInput]) -> tuple[NewDocumentAdjustment, ...]:
    return tuple(NewDocumentAdjustment(**_members(each) | {"taxes": each.taxes or ()}) for each in given)


def _withholdings(given: Sequence[WithholdingInput]) -> tuple[NewWithholding, ...]:
    return tuple(NewWithholding(name=each.name, rate=each.rate) for each in given)


def _prepayments(given: Sequence[PrepaymentInput]) -> tuple[NewPrepayment, ...]:
    return tuple(
        NewPrepayment(amount=each.amount, tax=each.tax, reference=each.reference, paid_on=each.date) for each in given
    )


def _members(given: RequestBody) -> dict[str, Any]:
    return {name: getattr(given, name) for name in type(given).model_fields}


Adjustments = Annotated[
    tuple[NewAdjustment, ...],
    converted(Annotated[list[AdjustmentInput], Field(max_length=MOST_ADJUSTMENTS)], _adjustments),
]
DocumentAdjustments = Annotated[
    tuple[NewDocumentAdjustment, ...],
    converted(Annotated[list[DocumentAdjustmentInput], Field(max_length=MOST_ADJUSTMENTS)], _document_adjustments),
]
Withholdings = Annotated[
    tuple[NewWithholding, ...],
    converted(Annotated[list[WithholdingInput], Field(max_length=MOST_WITHHOLDINGS)], _withholdings),
]
Prepayments = Annotated[
    tuple[NewPrepayment, ...],
    converted(Annotated[list[PrepaymentInput], Field(max_length=MOST_PREPAYMENTS)], _prepayments),
]
