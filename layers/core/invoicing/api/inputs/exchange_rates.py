"""Bodies of requests about exchange rates."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, PlainValidator

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Currency, number_check, number_schema
from invoicing.domain.money.currencies import EXPONENTS

Rate = Annotated[
    Decimal,
    PlainValidator(number_check("RATE_INVALID", Decimal(0), Decimal(10**9), above=True, decimals=10)),
    AfterValidator(Decimal.normalize),
    number_schema(exclusiveMinimum=0, maximum=10**9),
]
"""Units of a currency for one unit of the account's own."""


class ReplaceExchangeRatesInput(RequestBody):
    """Body of ``PUT /account/exchange-rates``: units of each currency for one unit of the account's own."""

    base: Currency | None = None
    rates: Annotated[dict[Currency, Rate], Field(max_length=len(EXPONENTS))]
