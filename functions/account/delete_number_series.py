"""DELETE /number-series/{series_id}: delete a number series that was never used."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.account.delete_number_series import delete_number_series
from invoicing.wiring import api


@api(
    "DELETE",
    "/number-series/{series_id}",
    summary="Delete a number series",
    description="Removes a number series that was never used.",
    scope="account:write",
    answers={204: None},
    errors={409: "The series has assigned numbers, was named by an invoice or a customer, or is or was the default."},
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The series is deleted."""
    delete_number_series(request.uow, request.http.parameters["series_id"], if_version=request.http.if_version)
    return NO_CONTENT
