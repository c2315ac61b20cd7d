"""GET /account/exchange-rates: read the exchange rates."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.exchange_rates import RATES_LINKS, ExchangeRatesOutput, exchange_rates_output
from invoicing.operations.account.get_exchange_rates import get_exchange_rates
from invoicing.wiring import api


@api(
    "GET",
    "/account/exchange-rates",
    summary="Read the exchange rates",
    description="The rates with which invoices are issued.",
    scope="account:read",
    answers={200: ExchangeRatesOutput},
    errors={404: "The account of the API key no longer exists."},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The exchange rates used for issued invoices."""
    rates = get_exchange_rates(request.uow)
    return Result(data=exchange_rates_output(rates), links=RATES_LINKS, version=rates.version)
