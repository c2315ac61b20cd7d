"""The exchange rates of documents and payments in responses."""

from collections.abc import Sequence
from typing import Protocol, TypedDict

from invoicing.domain.money.amounts import written
from invoicing.domain.money.exchange import Exchange, RateSource, tax_in_base
from invoicing.domain.money.tax import TaxGroup
from invoicing.exact_json import Number, decimal, number


class ExchangeOutput(TypedDict):
    """The rate at which a document or a payment counts in the account's currency, ``base_currency``.

    ``exchange_rate`` is units of its own currency for one of ``base_currency``.
    """

    base_currency: str | None
    exchange_rate: Number | None
    exchange_rate_date: str | None
    exchange_rate_source: RateSource | None


class DocumentExchangeOutput(ExchangeOutput):
    """The rate of a document, and its tax in ``base_currency``."""

    tax_in_base_currency: Number | None


class Taxed(Protocol):
    """A document with tax."""

    @property
    def currency(self) -> str: ...
    @property
    def exchange(self) -> Exchange | None: ...
    @property
    def tax_breakdown(self) -> Sequence[TaxGroup]: ...


def document_exchange_output(document: Taxed) -> DocumentExchangeOutput:
    """Return the rate of a document, and its tax in the account's currency, as responses show them."""
    exchange = document.exchange
    tax = tax_in_base(document.tax_breakdown, document.currency, exchange)
    return DocumentExchangeOutput(**exchange_output(exchange), tax_in_base_currency=base_amount_output(tax, exchange))


def exchange_output(exchange: Exchange | None) -> ExchangeOutput:
    """Return an exchange rate as responses show it; nothing of it is known before it is frozen."""
    if exchange is None:
        return ExchangeOutput(
            base_currency=None, exchange_rate=None, exchange_rate_date=None, exchange_rate_source=None
        )
    return ExchangeOutput(
        base_currency=exchange.base,
        exchange_rate=None if exchange.rate is None else decimal(exchange.rate),
        exchange_rate_date=exchange.rate_date.isoformat() if exchange.rate_date else None,
        exchange_rate_source=exchange.source,
    )


def base_amount_output(minor: int | None, exchange: Exchange | None) -> Number | None:
    """Return an amount in the account's currency as responses show it; None where it is not known."""
    return None if minor is None or exchange is None else number(written(minor, exchange.base))
