"""Late fees in request bodies."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import (
    Amount,
    CivilDate,
    PaidAmount,
    TaxRate,
    number_check,
    number_schema,
    whole_number_check,
    whole_number_schema,
)
from invoicing.api.inputs.taxes import TaxCategory
from invoicing.domain.late_fees.late_fee import (
    MOST_GRACE_DAYS,
    MOST_PERCENT,
    MOST_RATES,
    MOST_TIERS,
    FeeType,
    LateFee,
    PeriodLength,
    Rate,
    RateBasis,
    Tier,
    late_fee_of,
)
from invoicing.domain.merging import Merge

GraceDays = Annotated[
    int, PlainValidator(whole_number_check(0, MOST_GRACE_DAYS)), whole_number_schema(0, MOST_GRACE_DAYS)
]
Percent = Annotated[
    Decimal,
    PlainValidator(number_check("PERCENTAGE_INVALID", Decimal(0), Decimal(MOST_PERCENT), hint="; 1.5 is 1.5 %")),
    number_schema(minimum=0, maximum=MOST_PERCENT),
]


class RateInput(RequestBody):
    """A number of percent a year, from a day until the next rate."""

    begins: Annotated[CivilDate, Field(alias="from")]
    value: Percent


class TierInput(RequestBody):
    """The fee for an amount due of at least ``from_amount``."""

    from_amount: Amount
    value: Amount


class LateFeeInput(RequestBody):
    """What an invoice is charged for being paid late."""

    type: FeeType | None = None
    value: PaidAmount | None = None
    rates: Annotated[list[RateInput], Field(max_length=MOST_RATES)] | None = None
    rate_basis: RateBasis | None = None
    tiers: Annotated[list[TierInput], Field(max_length=MOST_TIERS)] | None = None
    period: PeriodLength | None = None
    grace_days: GraceDays | None = None
    max: PaidAmount | None = None
    automatic: Annotated[bool, Field(strict=True)] | None = None
    tax_rate: TaxRate | None = None
    tax_category: TaxCategory | None = None

    def late_fee(self) -> LateFee:
        """Convert to the domain's value; `ValidationFailed` as `late_fee_of`."""
        return late_fee_of(**{name: value for name, value in self._members().items() if value is not None})

    def changes(self) -> Merge:
        """Convert to changes of a late fee: of the members that were sent."""
        return Merge(self._members(), late_fee_of)

    def _members(self) -> dict[str, Any]:
        special = {
            "rates": tuple(Rate(each.begins, each.value) for each in self.rates or ()),
            "tiers": tuple(Tier(each.from_amount, each.value) for each in self.tiers or ()),
        }
        given = {name: special.get(name, getattr(self, name)) for name in self.model_fields_set}
        return {"maximum" if name == "max" else name: value for name, value in given.items()}


class ChargeLateFeeInput(RequestBody):
    """Body of ``POST /invoices/{id}/late-fees``; the ``late_fee`` goes instead of that of customer and account."""

    late_fee: LateFeeInput | None = None
    send_email: Annotated[bool, Field(strict=True)] | None = None

    def charged(self) -> LateFee | None:
        """Convert to the use case's input."""
        return self.late_fee.late_fee() if self.late_fee else None
