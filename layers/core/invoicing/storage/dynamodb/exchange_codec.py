"""Codec of the exchange rates that documents and payments keep."""

from datetime import date
from decimal import Decimal
from typing import Any

from invoicing.domain.money.exchange import Exchange


def exchange_from(values: dict[str, Any] | None) -> Exchange | None:
    """Read an exchange rate, None where there is none."""
    if values is None:
        return None
    rate, rate_date = values["rate"], values["rate_date"]
    return Exchange(
        base=values["base"],
        rate=Decimal(rate) if rate else None,
        rate_date=date.fromisoformat(rate_date) if rate_date else None,
        source=values["source"],
    )
