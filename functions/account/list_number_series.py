"""GET /number-series: list the number series."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import whole_list_result
from invoicing.api.outputs.number_series import NumberSeriesOutput, number_series_output
from invoicing.api.queries.number_series import NUMBER_SERIES
from invoicing.operations.account.list_number_series import list_number_series
from invoicing.wiring import api


@api(
    "GET",
    "/number-series",
    summary="List number series",
    description="A page of the number series of the account, the oldest first.",
    scope="account:read",
    lists=NUMBER_SERIES,
    answers={200: list[NumberSeriesOutput]},
    errors={404: "The account of the API key no longer exists."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of series."""
    return whole_list_result(request.http, NUMBER_SERIES, list_number_series(request.uow), number_series_output)
