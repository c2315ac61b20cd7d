"""GET /account/exchange-rates: read the exchange rates."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.outputs.exchange_rates import RATES_LINKS, ExchangeRatesOutput, exchange_rates_output
from invoicing.operations.get_exchange_rates import get_exchange_rates
from invoicing.wiring import api


@api("GET", "/account/exchange-rates", scope="account:read", answers={200: ExchangeRatesOutput}).operation
def handler(call: Call[NoBody]) -> Reply:
    """The rates that invoices are issued with."""
    rates = get_exchange_rates(call.work)
    return Reply(data=exchange_rates_output(rates), links=RATES_LINKS, version=rates.version)
