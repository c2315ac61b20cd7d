"""Codec of rounding, withholdings and prepayments."""

from decimal import Decimal
from typing import Any

from invoicing.domain.money.payable import Prepayment, Withholding
from invoicing.domain.money.rounding import STANDARD, Rounding, RoundingChoice
from invoicing.storage.dynamodb.item_codec import dates, decimal


def rounding_from(values: dict[str, Any] | None) -> Rounding:
    """Read a rounding; the standard one is not stored."""
    return Rounding(**values | {"cash": Decimal(values["cash"])}) if values else STANDARD


def rounding_choice_from(values: dict[str, Any] | None) -> RoundingChoice | None:
    """Read what a client gave of a rounding."""
    return RoundingChoice(**values | {"cash": decimal(values["cash"])}) if values else None


def withholding_from(values: dict[str, Any]) -> Withholding:
    """Read a withholding."""
    return Withholding(**values | {"rate": Decimal(values["rate"])})


def prepayment_from(values: dict[str, Any]) -> Prepayment:
    """Read a prepayment."""
    return Prepayment(**values | dates(values, "paid_on"))
