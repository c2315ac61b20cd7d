"""Lines of an invoice, its charges and its allowances: from what the client gives, and back."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from invoicing.domain.columns import columns_of, rows_of
from invoicing.domain.invoices.line import Line
from invoicing.domain.invoices.line_particulars import LineParticulars
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.money.adjustments import Adjustment, NewAdjustment, NewDocumentAdjustment
from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.tax import ONE, LineTax, Tax, Taxation, rows_by_taxation, whole_rate
from invoicing.domain.money.totals import LineAmounts, Totals


class NewLine(NamedTuple):
    """A line as the client gives it; without a ``tax_rate`` and ``taxes`` the invoice's apply.

    ``unit_price`` is the price of ``price_quantity`` units.
    """

    description: str
    quantity: Decimal
    unit_price: Decimal
    tax_rate: Decimal | None = None
    discount: Discount | None = None
    sku: str | None = None
    unit: str | None = None
    tax_category: str | None = None
    tax_name: str | None = None
    price_quantity: Decimal = ONE
    taxes: tuple[Tax, ...] = ()
    charges: tuple[NewAdjustment, ...] = ()
    allowances: tuple[NewAdjustment, ...] = ()
    tax_exemption_reason: str | None = None
    tax_exemption_code: str | None = None
    service_period: ServicePeriod | None = None
    particulars: LineParticulars | None = None


def lines_of(new: Sequence[NewLine], totals: Totals, default_rate: Decimal, first_id: str) -> tuple[Line, ...]:
    """Return the lines with their amounts; their ids share a prefix and are numbered.

    ``default_rate`` is the whole rate of lines without their own.
    """
    columns, amounts = columns_of(NewLine, new), columns_of(LineAmounts, totals.lines)
    own = [rate is not None for rate in columns["tax_rate"]]
    rates = columns["tax_rate"]
    if not all(own):
        rates = [default_rate if rate is None else rate for rate in rates]
    if any(columns["taxes"]):
        own = [has_rate or bool(taxes) for has_rate, taxes in zip(own, columns["taxes"], strict=True)]
        rates = [whole_rate(taxes) if taxes else rate for rate, taxes in zip(rates, columns["taxes"], strict=True)]
    return rows_of(
        Line,
        columns
        | {
            "id": [first_id + str(number).zfill(3) for number in range(1, len(new) + 1)],
            "tax_rate": rates,
            "has_own_rate": own,
            "subtotal": amounts["subtotal"],
            "discount_amount": amounts["discount"],
            "tax": amounts["tax"],
            "total": amounts["total"],
            "taxes": amounts["taxes"],
            "adjustments": amounts["adjustments"],
            "percentage": [None] * len(new),
        },
    )


def adjustment_lines(
    new: Sequence[NewDocumentAdjustment],
    amounts: Sequence[LineAmounts],
    currency: str,
    *,
    quantity: Decimal,
    default_rate: Decimal,
    first_id: str,
    included: bool,
) -> tuple[Line, ...]:
    """Return the charges of an invoice as lines of quantity 1, its allowances as lines of quantity -1."""
    sign = int(quantity)
    return tuple(
        Line(
            id=f"{first_id}{number:02}",
            description=given.description,
            quantity=quantity,
            unit_price=to_major(sign * (amount.total if included else amount.subtotal), currency),
            tax_rate=_rate(given, amount, default_rate),
            subtotal=amount.subtotal,
            discount_amount=0,
            tax=amount.tax,
            total=amount.total,
            has_own_rate=bool(given.taxes) or given.tax_rate is not None,
            tax_category=given.tax_category,
            tax_name=given.tax_name,
            taxes=amount.taxes,
            tax_exemption_reason=given.tax_exemption_reason,
            tax_exemption_code=given.tax_exemption_code,
            percentage=given.percentage,
        )
        for number, (given, amount) in enumerate(zip(new, amounts, strict=True), 1)
    )


def given_lines(lines: Sequence[Line], currency: str) -> tuple[NewLine, ...]:
    """Return the lines as the client gave them."""
    rates = [line.tax_rate if line.has_own_rate and not line.taxes else None for line in lines]
    several: dict[str, Sequence[Any]] = {
        "taxes": [_given_taxes(line) for line in lines],
        "charges": [_given(line.charges, currency) for line in lines],
        "allowances": [_given(line.allowances, currency) for line in lines],
    }
    return rows_of(NewLine, columns_of(Line, lines) | {"tax_rate": rates} | several)


def given_adjustments(lines: Sequence[Line]) -> tuple[NewDocumentAdjustment, ...]:
    """Return charges or allowances of an invoice as the client gave them."""
    return tuple(
        NewDocumentAdjustment(
            description=line.description,
            amount=line.unit_price if line.percentage is None else None,
            percentage=line.percentage,
            tax_rate=line.tax_rate if line.has_own_rate and not line.taxes else None,
            taxes=_given_taxes(line),
            tax_category=line.tax_category,
            tax_name=line.tax_name,
            tax_exemption_reason=line.tax_exemption_reason,
            tax_exemption_code=line.tax_exemption_code,
        )
        for line in lines
    )


class TaxedLine(Protocol):
    """The whole rate of a line, its category, and its taxes where it has several."""

    @property
    def tax_rate(self) -> Decimal: ...
    @property
    def tax_category(self) -> str | None: ...
    @property
    def taxes(self) -> tuple[LineTax, ...]: ...


def taxed_alike(lines: Sequence[TaxedLine]) -> dict[Taxation, list[int]]:
    """Return the indexes of the lines that are taxed alike, the highest rate first."""
    return rows_by_taxation(
        [line.tax_rate for line in lines],
        [line.tax_category for line in lines],
        [taxes_without_amounts(line.taxes) for line in lines],
    )


def taxes_without_amounts(taxes: Sequence[LineTax]) -> tuple[Tax, ...]:
    """Return the taxes of a line as the client gave them."""
    return tuple(Tax(name=tax.name, rate=tax.rate, compound=tax.compound) for tax in taxes)


def _rate(given: NewDocumentAdjustment, amount: LineAmounts, default_rate: Decimal) -> Decimal:
    if amount.taxes:
        return whole_rate(amount.taxes)
    return default_rate if given.tax_rate is None else given.tax_rate


def _given_taxes(line: Line) -> tuple[Tax, ...]:
    return taxes_without_amounts(line.taxes) if line.has_own_rate else ()


def _given(adjustments: Sequence[Adjustment], currency: str) -> tuple[NewAdjustment, ...]:
    return tuple(
        NewAdjustment(
            description=each.description,
            amount=to_major(each.amount, currency) if each.percentage is None else None,
            percentage=each.percentage,
        )
        for each in adjustments
    )
