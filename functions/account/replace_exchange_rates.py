"""PUT /account/exchange-rates: set the exchange rates."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.exchange_rates import ReplaceExchangeRatesInput
from invoicing.api.outputs.exchange_rates import RATES_LINKS, ExchangeRatesOutput, exchange_rates_output
from invoicing.operations.account.replace_exchange_rates import replace_exchange_rates
from invoicing.wiring import api


@api(
    "PUT",
    "/account/exchange-rates",
    summary="Replace the exchange rates",
    description="Replaces all rates; a currency that is left out has none.",
    scope="account:write",
    body=ReplaceExchangeRatesInput,
    answers={200: ExchangeRatesOutput},
    errors={404: "The account of the API key no longer exists."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[ReplaceExchangeRatesInput]) -> Result:
    """The new exchange rates."""
    rates = replace_exchange_rates(
        request.uow, request.body.rates, base=request.body.base, if_version=request.http.if_version
    )
    return Result(data=exchange_rates_output(rates), links=RATES_LINKS, version=rates.version)
