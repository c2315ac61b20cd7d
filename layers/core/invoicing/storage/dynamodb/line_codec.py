"""Codec of lines and taxes, shared by invoices and credit notes."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from invoicing.domain.columns import columns_of, rows_of
from invoicing.domain.invoices.line import Line
from invoicing.domain.invoices.line_particulars import (
    LINE_PARTICULARS,
    NO_LINE_PARTICULARS,
    Attribute,
    Classification,
    LineParticulars,
)
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.money.adjustments import Adjustment, LineAdjustments
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.tax import ONE, LineTax, Tax, TaxGroup
from invoicing.storage.dynamodb.item_codec import decimal

_NUMBERS = frozenset({"quantity", "unit_price", "price_quantity", "tax_rate"})
_USUAL: dict[str, Any] = {
    "price_quantity": ONE,
    "taxes": (),
    "adjustments": None,
    "tax_exemption_reason": None,
    "tax_exemption_code": None,
    "percentage": None,
    "service_period": None,
    "particulars": None,
    "kind": "line",
    "charges_total": 0,
    "allowances_total": 0,
}
"""Values that most lines have: a column of nothing else is not stored."""

_ROWS: dict[str, Callable[..., Any]] = {"classifications": Classification, "attributes": Attribute}
_GROUP = tuple(field.name for field in fields(TaxGroup))
_NO_VALUE = object()
_USUAL_OF_GROUPS = {"compound": False, "exemption_reasons": (), "exemption_code": None}
"""Values that most tax groups have; they are not stored."""


def line_columns[R: NamedTuple](kind: type[R], lines: Sequence[R]) -> dict[str, Sequence[Any]]:
    """Return lines by column, without the columns in which all are as usual."""
    columns = columns_of(kind, lines)
    for name in _USUAL.keys() & columns.keys():
        if columns[name].count(_USUAL[name]) == len(lines):
            del columns[name]
    if "particulars" in columns:
        columns["particulars"] = [each and line_particulars_values(each) for each in columns["particulars"]]
    return columns


def with_decimals(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Read columns of lines: exact numbers that were written as texts, several taxes, and what most lines have."""
    names = _NUMBERS & columns.keys()
    if "taxes" in columns:
        columns["taxes"] = [tuple(LineTax(**_with_rate(tax)) for tax in taxes) for taxes in columns["taxes"]]
    if "particulars" in columns:
        columns["particulars"] = [each and line_particulars_from(each) for each in columns["particulars"]]
    return (
        {name: [value] * len(columns["unit_price"]) for name, value in _USUAL.items()}
        | columns
        | {name: [Decimal(number) for number in columns[name]] for name in names}
    )


def lines_from(columns: dict[str, list[Any]]) -> tuple[Line, ...]:
    """Read lines of an invoice."""
    columns["discount"] = [discount_from(discount) for discount in columns["discount"]]
    if "adjustments" in columns:
        columns["adjustments"] = [_line_adjustments(values) for values in columns["adjustments"]]
    if "percentage" in columns:
        columns["percentage"] = [decimal(value) for value in columns["percentage"]]
    if "service_period" in columns:
        columns["service_period"] = [each and service_period_from(each) for each in columns["service_period"]]
    return rows_of(Line, with_decimals(columns))


def taxes_from(values: list[dict[str, Any]]) -> tuple[Tax, ...]:
    """Read several taxes."""
    return tuple(Tax(**_with_rate(tax)) for tax in values)


def group_values(groups: Sequence[TaxGroup]) -> list[dict[str, Any]]:
    """Return tax groups to pack, without their usual values."""
    every = ({name: getattr(group, name) for name in _GROUP} for group in groups)
    return [
        {name: value for name, value in group.items() if value != _USUAL_OF_GROUPS.get(name, _NO_VALUE)}
        for group in every
    ]


def tax_breakdown(values: dict[str, Any]) -> tuple[TaxGroup, ...]:
    """Read the tax breakdown."""
    return tuple(
        TaxGroup(**_with_rate(group) | {"exemption_reasons": tuple(group.get("exemption_reasons", ()))})
        for group in values["tax_breakdown"]
    )


def _line_adjustments(values: dict[str, Any] | None) -> LineAdjustments | None:
    if values is None:
        return None
    lists = {name: tuple(map(_adjustment, values[name])) for name in ("charges", "allowances")}
    return LineAdjustments(**values | lists)


def _adjustment(values: dict[str, Any]) -> Adjustment:
    return Adjustment(**values | {"percentage": decimal(values["percentage"])})


def _with_rate(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"rate": Decimal(values["rate"])}


def service_period_from(values: dict[str, Any]) -> ServicePeriod:
    """Read a service period."""
    return ServicePeriod(date.fromisoformat(values["start"]), date.fromisoformat(values["end"]))


def line_particulars_values(particulars: LineParticulars) -> dict[str, Any]:
    """Return the particulars of a line to pack: those that it has."""
    values = {name: getattr(particulars, name) for name in LINE_PARTICULARS}
    given = {name: value for name, value in values.items() if value != getattr(NO_LINE_PARTICULARS, name)}
    return given | {name: list(map(list, given[name])) for name in _ROWS.keys() & given.keys()}


def line_particulars_from(values: dict[str, Any]) -> LineParticulars:
    """Read the particulars of a line."""
    rows = {name: tuple(_ROWS[name](*each) for each in values[name]) for name in _ROWS.keys() & values.keys()}
    return LineParticulars(**values | rows)


def discount_from(values: dict[str, Any] | None) -> Discount | None:
    """Read a discount, None where there is none."""
    return None if values is None else Discount(type=values["type"], value=Decimal(values["value"]))
