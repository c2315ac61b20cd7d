"""Exchange rates of an account: the value of one unit of its currency in other currencies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRates:
    """The rates by ISO 4217 code, in units of that currency for one unit of ``base``: EUR with USD 1.0845."""

    account: str
    id: str
    version: int
    base: str
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    updated_at: datetime


def rate_for(currency: str, base: str, rates: ExchangeRates | None) -> Decimal | None:
    """Return units of a currency for one unit of the account's own, 1 for its own; None when unknown.

    Rates with another base belong to a currency that the account no longer has, and are ignored.
    """
    if currency == base:
        return Decimal(1)
    return rates.rates.get(currency) if rates and rates.base == base else None
