"""Codec of lines and taxes, shared by invoices and credit notes."""

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any, NamedTuple

from invoicing.domain.columns import columns_of
from invoicing.domain.money.tax import ONE, Discount, TaxGroup

_NUMBERS = frozenset({"quantity", "unit_price", "price_quantity", "tax_rate"})
_USUAL = {"price_quantity": ONE, "tax_exemption_reason": None, "tax_exemption_code": None}
"""What most lines have; a column of nothing else is not stored."""
_GROUP = tuple(field.name for field in fields(TaxGroup))
_NOTHING = ((), None)
_EXEMPTION = frozenset({"exemption_reasons", "exemption_code"})


def line_columns[R: NamedTuple](kind: type[R], lines: Sequence[R]) -> dict[str, Sequence[Any]]:
    """Return lines by column, without columns of usual values only."""
    columns = columns_of(kind, lines)
    usual = {name for name in _USUAL.keys() & columns.keys() if columns[name].count(_USUAL[name]) == len(lines)}
    return {name: column for name, column in columns.items() if name not in usual}


def with_decimals(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Read columns of lines, with exact numbers where they were written as texts."""
    names = _NUMBERS & columns.keys()
    return (
        {name: [usual] * len(columns["quantity"]) for name, usual in _USUAL.items()}
        | columns
        | {name: [Decimal(number) for number in columns[name]] for name in names}
    )


def group_values(groups: Sequence[TaxGroup]) -> list[dict[str, Any]]:
    """Return tax groups to pack; most have no exemption, and do not say so."""
    return [
        {name: value for name in _GROUP if (value := getattr(group, name)) not in _NOTHING or name not in _EXEMPTION}
        for group in groups
    ]


def tax_breakdown(values: dict[str, Any]) -> tuple[TaxGroup, ...]:
    """Read the tax breakdown."""
    return tuple(
        TaxGroup(
            **group | {"rate": Decimal(group["rate"]), "exemption_reasons": tuple(group.get("exemption_reasons", ()))}
        )
        for group in values["tax_breakdown"]
    )


def discount_from(values: dict[str, Any] | None) -> Discount | None:
    """Read a discount, None where there is none."""
    return None if values is None else Discount(type=values["type"], value=Decimal(values["value"]))
