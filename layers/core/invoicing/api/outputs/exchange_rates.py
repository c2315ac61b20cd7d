"""Exchange rates in responses."""

from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.exact_json import Number, decimal

RATES_LINKS = {"self": "/account/exchange-rates", "account": "/account"}
"""Paths of the related resources of exchange rates."""


class ExchangeRatesOutput(TypedDict):
    """Exchange rates: units of each currency for one unit of ``base``, the account's currency."""

    base: str
    rates: dict[str, Number]
    updated_at: str | None


def exchange_rates_output(rates: ExchangeRates) -> ExchangeRatesOutput:
    """Return exchange rates as responses show them."""
    return ExchangeRatesOutput(
        base=rates.base,
        rates={currency: decimal(rate) for currency, rate in sorted(rates.rates.items())},
        updated_at=timestamp(rates.updated_at) if rates.rates else None,
    )
