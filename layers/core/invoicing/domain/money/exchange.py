"""What an amount is in the account's own currency: the rate that an issued document keeps.

The tax of a document in another currency is also due, and printed, in the account's own (Directive 2006/112/EC,
article 230): the tax of each group is converted and rounded once, half up, and the sum is that of the groups.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import today
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.money.amounts import MAX_MINOR_UNITS, exponent, written
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.money.rounding import half_up
from invoicing.domain.money.tax import ONE, TaxGroup

RateSource = Literal["given", "account"]
"""Where a rate is from: the document itself, or the account's exchange rates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The exchange rate that an issued document or a payment keeps, whatever becomes of the account's.

    ``rate`` is units of the document's currency for one of ``base``, 1 for ``base`` itself and None when unknown;
    ``rate_date`` and ``source`` are those of a rate between two currencies.
    """

    base: str
    rate: Decimal | None = None
    rate_date: date | None = None
    source: RateSource | None = None


def exchange_at(
    currency: str, base: str, *, given: Decimal | None, on: date, rates: ExchangeRates | None, time_zone: str
) -> Exchange:
    """Return the rate of a document of this date: the given one, else the account's, whose date is that of its update.

    Rates with another base belong to a currency that the account no longer has, and are ignored.
    """
    if currency == base:
        return Exchange(base=base, rate=ONE)
    if given is not None:
        return Exchange(base=base, rate=given, rate_date=on, source="given")
    rate = rates.rates.get(currency) if rates and rates.base == base else None
    if rates is None or rate is None:
        return Exchange(base=base)
    return Exchange(base=base, rate=rate, rate_date=today(rates.updated_at, time_zone), source="account")


def require_rate(currency: str, base: str, given: Decimal | None) -> None:
    """Raise `ValidationFailed` ``RATE_INVALID`` for a given rate of the base currency itself other than 1."""
    if given is not None and currency == base and given != ONE:
        message = f"exchange_rate must be 1 or left out: {base} is the account's own currency."
        raise ValidationFailed(Detail("exchange_rate", message, "RATE_INVALID", given))


def require_convertible(groups: Sequence[TaxGroup], currency: str, exchange: Exchange) -> None:
    """Raise `ValidationFailed` ``RATE_INVALID`` for a tax that has too many digits in the base currency."""
    tax = tax_in_base(groups, currency, exchange)
    if tax is not None and abs(tax) > MAX_MINOR_UNITS:
        most = written(MAX_MINOR_UNITS, exchange.base)
        message = f"exchange_rate must give a tax of at most {most} {exchange.base}."
        raise ValidationFailed(Detail("exchange_rate", message, "RATE_INVALID", exchange.rate))


def tax_in_base(groups: Sequence[TaxGroup], currency: str, exchange: Exchange | None) -> int | None:
    """Return the tax of all groups in minor units of the base currency, as `group_tax_in_base` has it of each."""
    if exchange is None or exchange.rate is None:
        return None
    return sum(group_tax_in_base(group, currency, exchange) or 0 for group in groups)


def group_tax_in_base(group: TaxGroup, currency: str, exchange: Exchange | None) -> int | None:
    """Return the tax of a group in minor units of the base currency; None before it is issued or without a rate."""
    return in_base(group.tax, currency, exchange)


def in_base(amount: int, currency: str, exchange: Exchange | None) -> int | None:
    """Convert an amount in minor units, rounded half up, to those of the base currency; None without a rate."""
    if exchange is None or exchange.rate is None:
        return None
    if currency == exchange.base:
        return amount
    factor = Fraction(10) ** (exponent(exchange.base) - exponent(currency))
    return half_up(amount * factor / Fraction(exchange.rate))
