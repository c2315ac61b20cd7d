"""Exchange rates of an account: the value of one unit of its currency in other currencies."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from decimal import Decimal

from invoicing.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRates:
    """The rates by ISO 4217 code, in units of that currency for one unit of ``base``: EUR with USD 1.0845."""

    account: str
    id: str
    version: int
    base: str
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    updated_at: datetime
