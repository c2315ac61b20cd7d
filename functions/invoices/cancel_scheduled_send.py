"""DELETE /invoices/{invoice_id}/scheduled-send: cancel a scheduled send."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.invoices.cancel_scheduled_send import cancel_scheduled_send
from invoicing.wiring import api


@api(
    "DELETE",
    "/invoices/{invoice_id}/scheduled-send",
    summary="Cancel a scheduled send",
    description=(
        "Cancels what `send_at` scheduled; the invoice stays as it is."
        " 404 `SCHEDULED_SEND_NOT_FOUND` says that no send is scheduled: it was cancelled, or has gone out."
    ),
    scope="invoices:write",
    answers={204: None},
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """No send is scheduled."""
    cancel_scheduled_send(request.uow, request.http.parameters["invoice_id"], if_version=request.http.if_version)
    return NO_CONTENT
