"""PATCH /number-series/{series_id}: change a number series."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.number_series import UpdateNumberSeriesInput
from invoicing.api.outputs.number_series import NumberSeriesOutput, number_series_links, number_series_output
from invoicing.operations.account.update_number_series import update_number_series
from invoicing.wiring import api


@api(
    "PATCH",
    "/number-series/{series_id}",
    summary="Update a number series",
    description="Changes the fields that are sent. Numbers that are assigned stay as they are.",
    scope="account:write",
    body=UpdateNumberSeriesInput,
    answers={200: NumberSeriesOutput},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[UpdateNumberSeriesInput]) -> Result:
    """The changed series."""
    series = update_number_series(
        request.uow,
        request.http.parameters["series_id"],
        request.body.values(),
        if_version=request.http.if_version,
    )
    return Result(data=number_series_output(series), links=number_series_links(series), version=series.version)
