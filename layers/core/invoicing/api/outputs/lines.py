"""Lines of invoices in responses."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, TypedDict

from orjson import Fragment

from invoicing.domain.columns import columns_of
from invoicing.domain.invoices.invoice import Line
from invoicing.domain.money.amounts import written_amounts, written_prices
from invoicing.domain.money.tax import ONE, Discount
from invoicing.exact_json import Number, SchemaOf, decimal, digits_of, dumps, objects, texts

MEASURES = frozenset({"quantity", "amount", "percentage"})
"""How a credit note says how much of a line it credits."""


class DiscountOutput(TypedDict):
    """A discount as the client gave it."""

    type: str
    value: Number


class CalculatedLineOutput(TypedDict):
    """A line; ``total`` is ``subtotal`` less ``discount`` plus ``tax``, ``unit_price`` that of ``price_quantity``."""

    description: str
    quantity: Number
    unit: str | None
    unit_price: Number
    price_quantity: Number
    sku: str | None
    tax_rate: Number
    tax_category: str | None
    tax_name: str | None
    subtotal: Number
    discount: Number
    discount_detail: DiscountOutput | None
    tax: Number
    total: Number


class LineOutput(CalculatedLineOutput):
    """A line of a stored invoice, with its id."""

    id: str


WrittenLine = Annotated[Fragment, SchemaOf(LineOutput)]
WrittenCalculatedLine = Annotated[Fragment, SchemaOf(CalculatedLineOutput)]
"""Lines already written as JSON, by column: half the work of a dict for each of 500."""


def lines_output(lines: Sequence[Line], currency: str) -> list[WrittenLine]:
    """Return the lines of an invoice."""
    return written_lines(("id", *CalculatedLineOutput.__annotations__), columns_of(Line, lines), currency)


def calculated_lines_output(lines: Sequence[Line], currency: str) -> list[WrittenCalculatedLine]:
    """Return the lines of a preview."""
    return written_lines(CalculatedLineOutput.__annotations__, columns_of(Line, lines), currency)


def written_lines(names: Iterable[str], columns: Mapping[str, Sequence[Any]], currency: str) -> list[Fragment]:
    """Write the lines of an invoice or credit note with these members, in this order, from columns."""
    named = {**columns, "discount": columns["discount_amount"], "discount_detail": columns.get("discount", ())}
    return objects({name: (_measures if name in MEASURES else _written)(name, named[name], currency) for name in names})


def discount_output(discount: Discount | None) -> DiscountOutput | None:
    """Return a discount as the client gave it, None where there is none."""
    return None if discount is None else DiscountOutput(type=discount.type, value=decimal(discount.value))


def _measures(name: str, column: Sequence[Any], currency: str) -> list[str]:
    """Write one of the measures of credit notes, of which each line has one: null in the other lines."""
    if None not in column:
        return _written(name, column, currency)
    present = iter(_written(name, [value for value in column if value is not None], currency))
    return ["null" if value is None else next(present) for value in column]


def _written(name: str, column: Sequence[Any], currency: str) -> list[str]:
    match name:
        case "quantity" | "tax_rate" | "percentage":
            return digits_of(column)
        case "price_quantity":
            return ["1"] * len(column) if column.count(ONE) == len(column) else digits_of(column)
        case "unit_price":
            return written_prices(column, currency)
        case "subtotal" | "discount" | "tax" | "total" | "amount":
            return written_amounts(column, currency)
        case "discount_detail":
            return [_detail(discount) if discount else "null" for discount in column]
        case _:
            return texts(column)


def _detail(discount: Discount) -> str:
    return dumps(discount_output(discount)).decode()
