"""Bodies of requests about exchange rates."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Currency
from invoicing.domain.money.amounts import EXACT
from invoicing.domain.money.currencies import EXPONENTS

_SMALLEST = Decimal("0.0000000001")
_LARGEST = Decimal(10**9)


def _rate(value: Any) -> Decimal:
    number = Decimal(value) if type(value) is int else value
    if type(number) is Decimal and _SMALLEST <= number <= _LARGEST:
        trimmed = number.quantize(_SMALLEST, context=EXACT)
        if trimmed == number:
            return trimmed.normalize()
    raise PydanticCustomError(
        "RATE_INVALID", "must be a number above 0 and at most 1,000,000,000, with at most 10 decimals"
    )


Rate = Annotated[
    Decimal, PlainValidator(_rate), WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 10**9})
]


class ReplaceExchangeRatesInput(RequestBody):
    """Body of ``PUT /account/exchange-rates``: units of each currency for one unit of the account's own."""

    base: Currency | None = None
    rates: Annotated[dict[Currency, Rate], Field(max_length=len(EXPONENTS))]
