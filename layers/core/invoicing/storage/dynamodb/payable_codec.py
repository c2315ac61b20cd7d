"""Codec of rounding, withholdings and prepayments."""

from datetime import date
from decimal import Decimal
from typing import Any

from invoicing.domain.money.payable import Prepayment, Withholding
from invoicing.domain.money.rounding import STANDARD, Rounding, RoundingChoice


def rounding_from(values: dict[str, Any] | None) -> Rounding:
    """Read a rounding; the standard one is not stored."""
    return Rounding(**values | {"cash": Decimal(values["cash"])}) if values else STANDARD


def rounding_choice_from(values: dict[str, Any] | None) -> RoundingChoice | None:
    """Read what a client gave of a rounding."""
    if values is None:
        return None
    cash = values["cash"]
    return RoundingChoice(**values | {"cash": None if cash is None else Decimal(cash)})


def withholding_from(values: dict[str, Any]) -> Withholding:
    """Read a withholding."""
    return Withholding(**values | {"rate": Decimal(values["rate"])})


def prepayment_from(values: dict[str, Any]) -> Prepayment:
    """Read a prepayment."""
    paid_on = values["paid_on"]
    return Prepayment(**values | {"paid_on": date.fromisoformat(paid_on) if paid_on else None})
