"""Codec of lines and taxes, shared by invoices and credit notes."""

from decimal import Decimal
from typing import Any

from invoicing.domain.money.tax import Discount, TaxGroup


def with_decimals(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Read columns of lines, with exact numbers where they were written as texts."""
    return columns | {
        name: [Decimal(number) for number in columns[name]] for name in ("quantity", "unit_price", "tax_rate")
    }


def tax_breakdown(values: dict[str, Any]) -> tuple[TaxGroup, ...]:
    """Read the tax breakdown."""
    return tuple(TaxGroup(**group | {"rate": Decimal(group["rate"])}) for group in values["tax_breakdown"])


def discount_from(values: dict[str, Any] | None) -> Discount | None:
    """Read a discount, None where there is none."""
    return None if values is None else Discount(type=values["type"], value=Decimal(values["value"]))
