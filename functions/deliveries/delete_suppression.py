"""DELETE /suppressions/{address}: delete a suppression."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.deliveries.delete_suppression import delete_suppression
from invoicing.wiring import api


@api(
    "DELETE",
    "/suppressions/{address}",
    summary="Delete a suppression",
    description=(
        "The address gets e-mails again. Any spelling of the address will do, and deleting it again is 204, too."
    ),
    scope="deliveries:write",
    answers={204: None},
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The address is suppressed no longer."""
    delete_suppression(request.uow, request.http.parameters["address"])
    return NO_CONTENT
