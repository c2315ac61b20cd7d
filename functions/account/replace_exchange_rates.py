"""PUT /account/exchange-rates: set the exchange rates."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.exchange_rates import ReplaceExchangeRatesInput
from invoicing.api.outputs.exchange_rates import RATES_LINKS, ExchangeRatesOutput, exchange_rates_output
from invoicing.operations.replace_exchange_rates import replace_exchange_rates
from invoicing.wiring import api


@api(
    "PUT",
    "/account/exchange-rates",
    scope="account:write",
    body=ReplaceExchangeRatesInput,
    answers={200: ExchangeRatesOutput},
).operation
def handler(call: Call[ReplaceExchangeRatesInput]) -> Reply:
    """The rates as they are now."""
    rates = replace_exchange_rates(call.work, call.body.rates, base=call.body.base, if_version=call.request.if_version)
    return Reply(data=exchange_rates_output(rates), links=RATES_LINKS, version=rates.version)
