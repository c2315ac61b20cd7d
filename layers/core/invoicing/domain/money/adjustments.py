"""Charges and allowances: amounts added to a line or an invoice, and amounts taken off.

Those of a line are taxed as the line. Those of an invoice are taxed by themselves, as a line of quantity 1, or -1 for
an allowance; they stand beside the lines, and the invoice's discount leaves them alone (EN 16931-1, BG-20, BG-21,
BG-27, BG-28).
"""

from collections.abc import Sequence
from decimal import Decimal

from invoicing.dataclass import dataclass
from invoicing.domain.money.discounts import minor_units, percent_of
from invoicing.domain.money.rounding import Rounding
from invoicing.domain.money.tax import Tax


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAdjustment:
    """A charge or allowance as the client gives it: an amount in major units, or a number of percent."""

    description: str
    amount: Decimal | None = None
    percentage: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocumentAdjustment(NewAdjustment):
    """A charge or allowance of an invoice; without a ``tax_rate`` and ``taxes`` the invoice's apply."""

    tax_rate: Decimal | None = None
    taxes: tuple[Tax, ...] = ()
    tax_category: str | None = None
    tax_name: str | None = None
    tax_exemption_reason: str | None = None
    tax_exemption_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A charge or allowance of a line; ``amount`` in minor units, with tax where prices include it."""

    description: str
    percentage: Decimal | None = None
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAdjustments:
    """The charges and allowances of a line; their totals in minor units, without tax."""

    charges: tuple[Adjustment, ...] = ()
    allowances: tuple[Adjustment, ...] = ()
    charges_total: int = 0
    allowances_total: int = 0


def adjusted(
    given: Sequence[NewAdjustment], base: int, currency: str, rounding: Rounding, field: str
) -> tuple[Adjustment, ...]:
    """Return charges or allowances with their amounts; percentages are of ``base``, in minor units.

    `ValidationFailed` ``AMOUNT_INVALID`` for an amount with too many decimals.
    """
    return tuple(
        Adjustment(
            description=each.description,
            percentage=each.percentage,
            amount=_amount(each, base, currency, rounding, f"{field}[{index}].amount"),
        )
        for index, each in enumerate(given)
    )


def sum_of(adjustments: Sequence[Adjustment]) -> int:
    """Return the sum of the amounts."""
    return sum(each.amount for each in adjustments)


def _amount(given: NewAdjustment, base: int, currency: str, rounding: Rounding, field: str) -> int:
    if given.percentage is not None:
        return percent_of(given.percentage, base, rounding)
    return minor_units(given.amount or Decimal(0), currency, field)
