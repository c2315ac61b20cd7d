"""Rounding in responses."""

from typing import TypedDict

from invoicing.domain.money.rounding import Rounding
from invoicing.exact_json import Number, decimal


class RoundingOutput(TypedDict):
    """How amounts are rounded; ``cash`` is the step of the amount payable, ``null`` for none."""

    level: str
    mode: str
    cash: Number | None


def rounding_output(rounding: Rounding) -> RoundingOutput:
    """Return a rounding as responses show it."""
    return RoundingOutput(
        level=rounding.level, mode=rounding.mode, cash=decimal(rounding.cash) if rounding.cash else None
    )
