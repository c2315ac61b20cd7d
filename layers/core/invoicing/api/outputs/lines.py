"""How the lines of invoices look in answers."""

from collections.abc import Sequence
from typing import Annotated, TypedDict

from orjson import Fragment

from invoicing.domain.columns import columns_of
from invoicing.domain.invoice import Line
from invoicing.domain.money import written_amounts, written_prices
from invoicing.domain.tax import Discount
from invoicing.exact_json import Number, SchemaOf, decimal, digits_of, dumps, objects, texts


class DiscountOutput(TypedDict):
    """A discount as it was given."""

    type: str
    value: Number


class CalculatedLineOutput(TypedDict):
    """A line; ``total`` is ``subtotal`` less ``discount`` plus ``tax``."""

    description: str
    quantity: Number
    unit: str | None
    unit_price: Number
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
    """A line of an invoice that is there."""

    id: str


WrittenLine = Annotated[Fragment, SchemaOf(LineOutput)]
WrittenCalculatedLine = Annotated[Fragment, SchemaOf(CalculatedLineOutput)]
"""Lines already written, by column: half the work of a dict for each of 500."""


def lines_output(lines: Sequence[Line], currency: str) -> list[WrittenLine]:
    """The lines of an invoice."""
    return objects({"id": texts([line.id for line in lines]), **_columns(lines, currency)})


def calculated_lines_output(lines: Sequence[Line], currency: str) -> list[WrittenCalculatedLine]:
    """The lines of an invoice that is not made."""
    return objects(_columns(lines, currency))


def discount_output(discount: Discount | None) -> DiscountOutput | None:
    """A discount as it was given, None where none was."""
    return None if discount is None else DiscountOutput(type=discount.type, value=decimal(discount.value))


def _columns(lines: Sequence[Line], currency: str) -> dict[str, Sequence[str]]:
    columns = columns_of(Line, lines)
    return {
        "description": texts(columns["description"]),
        "quantity": digits_of(columns["quantity"]),
        "unit": texts(columns["unit"]),
        "unit_price": written_prices(columns["unit_price"], currency),
        "sku": texts(columns["sku"]),
        "tax_rate": digits_of(columns["tax_rate"]),
        "tax_category": texts(columns["tax_category"]),
        "tax_name": texts(columns["tax_name"]),
        "subtotal": written_amounts(columns["subtotal"], currency),
        "discount": written_amounts(columns["discount_amount"], currency),
        "discount_detail": [_detail(discount) if discount else "null" for discount in columns["discount"]],
        "tax": written_amounts(columns["tax"], currency),
        "total": written_amounts(columns["total"], currency),
    }


def _detail(discount: Discount) -> str:
    return dumps(discount_output(discount)).decode()
