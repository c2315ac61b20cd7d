"""DELETE /webhooks/{webhook_id}: delete a webhook."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.webhooks.delete_webhook import delete_webhook
from invoicing.wiring import api


@api(
    "DELETE",
    "/webhooks/{webhook_id}",
    summary="Delete a webhook",
    description=("Removes a webhook. What waits to be sent to it is skipped."),
    scope="webhooks:write",
    answers={204: None},
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The webhook is deleted."""
    delete_webhook(request.uow, request.http.parameters["webhook_id"], if_version=request.http.if_version)
    return NO_CONTENT
