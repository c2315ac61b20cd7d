"""Tax of a period by rate, category and name, as tax returns ask for it: by documents, or by what was paid of them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

from invoicing.domain.reports.figures import CASH_TAX, TAX, Row, by_row
from invoicing.domain.reports.totals import DayTotal

Basis = Literal["accrual", "cash"]
"""``accrual``: tax counts with the document; ``cash``: with the money, or the use of credit."""

_FIGURES: dict[Basis, str] = {"accrual": TAX, "cash": CASH_TAX}


class TaxRow(NamedTuple):
    """Taxable amount and tax of one rate, category and name, in minor units."""

    row: Row
    rate: Decimal
    category: str | None
    name: str | None
    taxable: int
    tax: int


def taxes_of(days: Iterable[DayTotal], base: str, basis: Basis) -> list[TaxRow]:
    """Return the tax in each currency, of all converted to ``base``, and of what has no rate.

    The highest rates come first.
    """
    return [
        TaxRow(row, Decimal(rate), category or None, name or None, *amounts)
        for row, groups in by_row(days, _FIGURES[basis], 3, base).items()
        for (rate, category, name), amounts in sorted(groups.items(), key=lambda each: (-Decimal(each[0][0]), each[0]))
        if any(amounts)
    ]
