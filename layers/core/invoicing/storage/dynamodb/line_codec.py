"""Codec of lines and taxes, shared by invoices and credit notes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from invoicing.domain.columns import columns_of
from invoicing.domain.money.tax import ONE, Discount, TaxGroup

_NUMBERS = frozenset({"quantity", "unit_price", "price_quantity", "tax_rate"})


def line_columns[R: NamedTuple](kind: type[R], lines: Sequence[R]) -> dict[str, Sequence[Any]]:
    """Return lines by column; prices for one unit, as most are, do not say so."""
    columns = columns_of(kind, lines)
    if columns["price_quantity"].count(ONE) == len(lines):
        del columns["price_quantity"]
    return columns


def with_decimals(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Read columns of lines, with exact numbers where they were written as texts."""
    names = _NUMBERS & columns.keys()
    return (
        {"price_quantity": [ONE] * len(columns["unit_price"])}
        | columns
        | {name: [Decimal(number) for number in columns[name]] for name in names}
    )


def tax_breakdown(values: dict[str, Any]) -> tuple[TaxGroup, ...]:
    """Read the tax breakdown."""
    return tuple(TaxGroup(**group | {"rate": Decimal(group["rate"])}) for group in values["tax_breakdown"])


def discount_from(values: dict[str, Any] | None) -> Discount | None:
    """Read a discount, None where there is none."""
    return None if values is None else Discount(type=values["type"], value=Decimal(values["value"]))
