"""Lines of invoices in responses."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import NoneType
from typing import Annotated, Any, TypedDict

from orjson import Fragment

from invoicing.api.outputs.adjustments import AdjustmentOutput, LineTaxOutput, adjustment_output, line_tax_output
from invoicing.api.outputs.line_particulars import (
    LineParticularsOutput,
    attribute_output,
    classification_output,
    particulars_columns,
)
from invoicing.api.outputs.service_periods import ServicePeriodOutput, service_period_output
from invoicing.domain.columns import columns_of
from invoicing.domain.invoices.line import Line
from invoicing.domain.money.amounts import written, written_amounts, written_prices
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.tax import ONE
from invoicing.exact_json import Number, SchemaOf, decimal, digits_of, dumps, objects, texts

_AMOUNTS = frozenset({"subtotal", "discount", "tax", "total", "amount", "charges_total", "allowances_total"})
_NUMBERS = frozenset({"quantity", "price_quantity", "tax_rate", "percentage", "amount"})
"""Numbers, which some lines may lack: a credit note has three measures, and there may be several taxes."""
_LISTS: dict[str, Callable[[Any, str], Any]] = {
    "taxes": line_tax_output,
    "charges": adjustment_output,
    "allowances": adjustment_output,
    "classifications": lambda each, _: classification_output(each),
    "attributes": lambda each, _: attribute_output(each),
}
"""How each entry of a list is written."""


class DiscountOutput(TypedDict):
    """A discount as the client gave it."""

    type: str
    value: Number


class LineFiguresOutput(TypedDict):
    """What is charged for, and its amounts; ``unit_price`` is that of ``price_quantity``.

    ``total`` is ``subtotal`` less ``discount`` and ``allowances_total`` plus ``charges_total`` and ``tax``.
    """

    description: str
    quantity: Number
    unit: str | None
    unit_price: Number
    price_quantity: Number
    sku: str | None
    tax_rate: Number | None
    tax_category: str | None
    tax_name: str | None
    tax_exemption_reason: str | None
    tax_exemption_code: str | None
    service_period: ServicePeriodOutput | None
    taxes: list[LineTaxOutput]
    subtotal: Number
    discount: Number
    discount_detail: DiscountOutput | None
    charges: list[AdjustmentOutput]
    charges_total: Number
    allowances: list[AdjustmentOutput]
    allowances_total: Number
    tax: Number
    total: Number


class CalculatedLineOutput(LineFiguresOutput, LineParticularsOutput):
    """A line of a preview."""


class LineOutput(CalculatedLineOutput):
    """A line of a stored invoice, with its id."""

    id: str


WrittenLine = Annotated[Fragment, SchemaOf(LineOutput)]
WrittenCalculatedLine = Annotated[Fragment, SchemaOf(CalculatedLineOutput)]
"""Lines already written as JSON, by column: half the work of a dict for each of 500."""


def lines_output(lines: Sequence[Line], currency: str) -> list[WrittenLine]:
    """Return the lines of an invoice."""
    return written_lines(("id", *CalculatedLineOutput.__annotations__), _columns(lines), currency)


def calculated_lines_output(lines: Sequence[Line], currency: str) -> list[WrittenCalculatedLine]:
    """Return the lines of a preview."""
    return written_lines(CalculatedLineOutput.__annotations__, _columns(lines), currency)


def written_lines(names: Iterable[str], columns: Mapping[str, Sequence[Any]], currency: str) -> list[Fragment]:
    """Write the lines of an invoice or credit note with these members, in this order, from columns.

    Particulars that no line has need no column.
    """
    named = {
        **columns,
        "discount": columns["discount_amount"],
        "discount_detail": columns.get("discount", ()),
        **particulars_columns(columns),
    }
    return objects({name: _column(name, named.get(name, ()), currency) for name in names})


def discount_output(discount: Discount | None) -> DiscountOutput | None:
    """Return a discount as the client gave it, None where there is none."""
    return None if discount is None else DiscountOutput(type=discount.type, value=decimal(discount.value))


_OBJECTS: dict[str, Callable[[Any], Any]] = {
    "discount_detail": discount_output,
    "service_period": service_period_output,
}


def _columns(lines: Sequence[Line]) -> dict[str, Sequence[Any]]:
    """Return the members of lines by column; most lines have no charges, allowances and several taxes."""
    columns = columns_of(Line, lines)
    adjustments = columns["adjustments"]
    for name in ("charges", "charges_total", "allowances", "allowances_total"):
        columns[name] = [getattr(each, name) for each in lines] if any(adjustments) else [0] * len(lines)
    if any(columns["taxes"]):
        columns["tax_rate"] = [None if line.taxes else line.tax_rate for line in lines]
    return columns


def _column(name: str, column: Sequence[Any], currency: str) -> list[str] | str:
    """Write a column, or the one value that all lines have."""
    if name in _AMOUNTS and column.count(0) == len(column):
        return written(0, currency)
    if name in _LISTS and not any(column):
        return "[]"
    if name == "price_quantity" and column.count(ONE) == len(column):
        return "1"
    kinds = set(map(type, column))
    if not kinds - {NoneType}:
        return "null"
    if name not in _NUMBERS or NoneType not in kinds:
        return _written(name, column, currency)
    present = iter(_written(name, [value for value in column if value is not None], currency))
    return ["null" if value is None else next(present) for value in column]


def _written(name: str, column: Sequence[Any], currency: str) -> list[str]:
    if name in _AMOUNTS:
        return written_amounts(column, currency)
    if name == "unit_price":
        return written_prices(column, currency)
    if name in _NUMBERS:
        return digits_of(column)
    if output := _OBJECTS.get(name):
        return [dumps(output(value)).decode() for value in column]
    if name in _LISTS:
        return [_list(found, _LISTS[name], currency) for found in column]
    return texts(column)


def _list(found: Sequence[Any], output: Callable[[Any, str], Any], currency: str) -> str:
    return dumps([output(each, currency) for each in found]).decode()
