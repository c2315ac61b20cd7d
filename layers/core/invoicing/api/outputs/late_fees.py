"""Late fees in responses."""

from typing import TYPE_CHECKING, TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.late_fees.late_fee import LateFee
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, decimal, number

if TYPE_CHECKING:
    from invoicing.domain.invoices.invoice import Invoice

RateOutput = TypedDict("RateOutput", {"from": str, "value": Number})
"""A number of percent a year, from a day until the next rate."""


class TierOutput(TypedDict):
    """The fee for an amount due of at least ``from_amount``."""

    from_amount: Number
    value: Number


class LateFeeOutput(TypedDict):
    """What an invoice is charged for being paid late."""

    type: str
    value: Number | None
    rates: list[RateOutput]
    rate_basis: str
    tiers: list[TierOutput]
    period: str
    grace_days: int
    max: Number | None
    automatic: bool
    tax_rate: Number | None
    tax_category: str | None


class ChargedFeeOutput(TypedDict):
    """A late fee that an invoice was charged, and the invoice of the fee.

    ``period`` is ``once`` or the last day of the period; late days up to ``last_day`` were counted.
    """

    invoice_id: str
    type: str
    period: str
    last_day: str
    amount: Number


class LateFeeErrorOutput(TypedDict):
    """Why an automatic late fee could not be charged, and when it is tried again."""

    code: str
    message: str
    next_attempt_at: str


class LateFeesOutput(TypedDict):
    """The late fees of an invoice, or the invoice for whose late payment this one charges."""

    late_fee_of: str | None
    late_fees: list[ChargedFeeOutput]
    late_fee_error: LateFeeErrorOutput | None


def late_fee_output(late_fee: LateFee | None) -> LateFeeOutput | None:
    """Return a late fee as responses show it."""
    if late_fee is None:
        return None
    return LateFeeOutput(
        type=late_fee.type,
        value=None if late_fee.value is None else decimal(late_fee.value),
        rates=[RateOutput({"from": each.begins.isoformat(), "value": decimal(each.value)}) for each in late_fee.rates],
        rate_basis=late_fee.rate_basis,
        tiers=[TierOutput(from_amount=decimal(each.from_amount), value=decimal(each.value)) for each in late_fee.tiers],
        period=late_fee.period,
        grace_days=late_fee.grace_days,
        max=None if late_fee.maximum is None else decimal(late_fee.maximum),
        automatic=late_fee.automatic,
        tax_rate=None if late_fee.tax_rate is None else decimal(late_fee.tax_rate),
        tax_category=late_fee.tax_category,
    )


def late_fees_output(invoice: "Invoice") -> LateFeesOutput:
    """Return the late fees of an invoice as responses show them."""
    error = None
    if (waiting := invoice.next_late_fee) and waiting.failure:
        error = LateFeeErrorOutput(
            code=waiting.failure.code, message=waiting.failure.message, next_attempt_at=timestamp(waiting.at)
        )
    charged = [
        ChargedFeeOutput(
            invoice_id=fee.invoice_id,
            type=fee.type,
            period=fee.period,
            last_day=fee.last_day.isoformat(),
            amount=number(written(fee.amount, invoice.currency)),
        )
        for fee in invoice.late_fees
    ]
    return LateFeesOutput(late_fee_of=invoice.late_fee_of, late_fees=charged, late_fee_error=error)
