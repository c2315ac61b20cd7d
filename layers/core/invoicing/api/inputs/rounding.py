"""Rounding in request bodies."""

from decimal import Decimal
from typing import Annotated

from pydantic import PlainValidator

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import number_check, number_schema
from invoicing.domain.money.rounding import Level, Mode, RoundingChoice

LARGEST_CASH_STEP = 1000
CashStep = Annotated[
    Decimal,
    PlainValidator(number_check("ROUNDING_INVALID", Decimal(0), Decimal(LARGEST_CASH_STEP), decimals=4)),
    number_schema(minimum=0, maximum=LARGEST_CASH_STEP),
]


class RoundingInput(RequestBody):
    """How amounts are rounded; ``cash`` is the step of the amount payable in major units, 0 for none."""

    level: Level | None = None
    mode: Mode | None = None
    cash: CashStep | None = None

    def choice(self) -> RoundingChoice:
        """Convert to the choice that an invoice makes; what is left out follows from the account."""
        return RoundingChoice(**self.model_dump())
