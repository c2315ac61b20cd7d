"""Exchange rates of accounts."""

from decimal import Decimal
from typing import Any

from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def exchange_rates_from(values: dict[str, Any]) -> ExchangeRates:
    """Read the exchange rates of an unpacked item."""
    rates = {currency: Decimal(rate) for currency, rate in values["rates"].items()}
    return ExchangeRates(**values | item_codec.instants(values, "updated_at") | {"rates": rates})


@stores(ExchangeRates)
class ExchangeRatesRecord(DocumentRecord):
    """The exchange rates of an account."""

    read = exchange_rates_from

    class Meta:
        table_name = TableName("accounts")

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"rates#{identifier}"
