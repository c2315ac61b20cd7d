"""POST /number-series: create a number series."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.number_series import CreateNumberSeriesInput
from invoicing.api.outputs.number_series import NumberSeriesOutput, number_series_links, number_series_output
from invoicing.operations.account.create_number_series import create_number_series
from invoicing.wiring import api


@api(
    "POST",
    "/number-series",
    summary="Create a number series",
    description=(
        "Makes another series of numbers for invoices or credit notes. Name it as `series_id` of an invoice or a "
        "customer, or make it the default."
    ),
    scope="account:write",
    body=CreateNumberSeriesInput,
    answers={201: NumberSeriesOutput},
    errors={
        404: "The account of the API key no longer exists.",
        409: "The account has 50 number series, which is the most.",
    },
    etag=True,
).operation
def handler(request: ApiRequest[CreateNumberSeriesInput]) -> Result:
    """The series as stored."""
    series = create_number_series(request.uow, request.body.values())
    links = number_series_links(series)
    return Result(
        status=201, data=number_series_output(series), links=links, version=series.version, location=links["self"]
    )
