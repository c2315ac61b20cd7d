"""GET /number-series/{series_id}: read a number series."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.number_series import NumberSeriesOutput, number_series_links, number_series_output
from invoicing.operations.account.get_number_series import get_number_series
from invoicing.wiring import api


@api(
    "GET",
    "/number-series/{series_id}",
    summary="Read a number series",
    description="A number series, and what its next number of today's period counts.",
    scope="account:read",
    answers={200: NumberSeriesOutput},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The series."""
    series = get_number_series(request.uow, request.http.parameters["series_id"])
    return Result(data=number_series_output(series), links=number_series_links(series), version=series.version)
