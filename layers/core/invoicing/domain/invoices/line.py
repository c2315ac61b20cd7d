"""A line of an invoice, and what is credited of it."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.line_particulars import LineParticulars
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.money.adjustments import Adjustment, LineAdjustments
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.tax import ONE, LineTax


class Line(NamedTuple):
    """A line with its amounts; ``subtotal``, ``discount_amount``, ``tax`` and ``total`` in minor units.

    ``unit_price`` is the price of ``price_quantity`` units, and a negative quantity makes a credit line. ``tax_rate``
    is the whole rate where there are several ``taxes``, and ``has_own_rate`` is False when it, or they, are those of
    the invoice. ``total = subtotal - discount_amount - allowances_total + charges_total + tax``; the line's share of
    the invoice's discount is in ``discount_amount``, so the lines add up to the invoice. A tuple, because an invoice
    has up to 500 lines, which are built and read by column in one step.

    ``tax_exemption_reason`` and ``tax_exemption_code`` are as the client gave them; tax groups have the defaults too. A
    charge or allowance of the invoice is a line too, of quantity 1 or -1, which may be a ``percentage`` of the lines.
    """

    id: str
    description: str
    quantity: Decimal
    unit_price: Decimal
    tax_rate: Decimal
    subtotal: int
    discount_amount: int
    tax: int
    total: int
    has_own_rate: bool = True
    discount: Discount | None = None
    sku: str | None = None
    unit: str | None = None
    tax_category: str | None = None
    tax_name: str | None = None
    price_quantity: Decimal = ONE
    taxes: tuple[LineTax, ...] = ()
    adjustments: LineAdjustments | None = None
    tax_exemption_reason: str | None = None
    tax_exemption_code: str | None = None
    percentage: Decimal | None = None
    service_period: ServicePeriod | None = None
    particulars: LineParticulars | None = None

    @property
    def charges(self) -> tuple[Adjustment, ...]:
        """The charges of the line."""
        return self.adjustments.charges if self.adjustments else ()

    @property
    def allowances(self) -> tuple[Adjustment, ...]:
        """The allowances of the line."""
        return self.adjustments.allowances if self.adjustments else ()

    @property
    def charges_total(self) -> int:
        """The sum of the charges without tax, in minor units."""
        return self.adjustments.charges_total if self.adjustments else 0

    @property
    def allowances_total(self) -> int:
        """The sum of the allowances without tax, in minor units."""
        return self.adjustments.allowances_total if self.adjustments else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCredit:
    """What credit notes have credited of a line so far; amounts in minor units.

    ``quantity`` is what was credited by quantity, ``share`` the part of the whole line by any measure, from 0 to 1.
    ``amount`` is after discounts, and contains the tax where prices do; ``taxes`` are those of a line with several.
    """

    quantity: Decimal = Decimal(0)
    share: Fraction = Fraction(0)
    amount: int = 0
    discount_amount: int = 0
    charges_total: int = 0
    allowances_total: int = 0
    tax: int = 0
    taxes: tuple[int, ...] = ()
