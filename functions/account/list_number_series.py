"""GET /number-series: list the number series."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result, one_page
from invoicing.api.outputs.number_series import NumberSeriesOutput, number_series_output
from invoicing.operations.account.list_number_series import list_number_series
from invoicing.wiring import api


@api(
    "GET",
    "/number-series",
    summary="List number series",
    description="All number series of the account, the oldest first, on one page.",
    scope="account:read",
    answers={200: list[NumberSeriesOutput]},
    errors={404: "The account of the API key no longer exists."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """All series, on one page."""
    return one_page("/number-series", list(map(number_series_output, list_number_series(request.uow))))
