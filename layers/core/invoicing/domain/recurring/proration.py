"""Content of a period that is cut short: every amount is charged for its days."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_UP, Decimal
from fractions import Fraction

from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.money.adjustments import NewAdjustment
from invoicing.domain.money.amounts import EXACT, MAX_DIGITS, exponent, price_in_major, to_major
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.rounding import Rounding
from invoicing.domain.money.tax import ONE
from invoicing.domain.recurring.timetable import Share

_PRICE_STEP = Decimal(1).scaleb(-10)
"""Prices have at most 10 decimals."""


def prorated(content: NewInvoice, share: Share, currency: str, rounding: Rounding) -> NewInvoice:
    """Return the content with each line charged for its share, rounded once, and so are fixed amounts.

    Quantities and percentages stay.
    """
    portion = _Portion(share, currency, rounding)
    return replace(
        content,
        lines=tuple(portion.line(line) for line in content.lines),
        discount=portion.discount(content.discount),
        charges=portion.adjustments(content.charges),
        allowances=portion.adjustments(content.allowances),
    )


class _Portion:
    """A share of amounts in one currency."""

    def __init__(self, share: Share, currency: str, rounding: Rounding) -> None:
        self.share, self.currency, self.rounding = Fraction(share.days, share.of), currency, rounding

    def line(self, line: NewLine) -> NewLine:
        """Return a line with a price that gives its share, as quantity 1 where no possible price does."""
        quantity = Fraction(line.quantity) / Fraction(line.price_quantity)
        amount = self.amount(Fraction(line.unit_price) * quantity)
        price = price_in_major(_price(Fraction(amount) / quantity), self.currency)
        if self._minor(Fraction(price) * quantity) != self._minor(Fraction(amount)):
            line = line._replace(quantity=ONE, price_quantity=ONE)
            price = amount
        return line._replace(
            unit_price=price,
            discount=self.discount(line.discount),
            charges=self.adjustments(line.charges),
            allowances=self.adjustments(line.allowances),
        )

    def amount(self, whole: Fraction) -> Decimal:
        """Return the share of an amount in major units."""
        return to_major(self._minor(whole * self.share), self.currency)

    def discount(self, discount: Discount | None) -> Discount | None:
        """Return a discount of which a fixed amount is shared."""
        if discount is None or discount.type == "percentage":
            return discount
        return replace(discount, value=self.amount(Fraction(discount.value)))

    def adjustments[A: NewAdjustment](self, adjustments: Sequence[A]) -> tuple[A, ...]:
        """Return charges or allowances of which fixed amounts are shared."""
        return tuple(
            each if each.amount is None else replace(each, amount=self.amount(Fraction(each.amount)))
            for each in adjustments
        )

    def _minor(self, major: Fraction) -> int:
        return self.rounding.fraction(major * 10 ** exponent(self.currency))


def _price(exact: Fraction) -> Decimal:
    """Return a price of at most 10 decimals and 15 digits, away from zero, so that no rounding falls below the amount.

    More digits could not be sent back, nor read as a binary float.
    """
    quotient = EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    step = max(_PRICE_STEP, Decimal(1).scaleb(quotient.adjusted() - MAX_DIGITS + 1))
    return quotient.quantize(step, ROUND_UP, EXACT)
