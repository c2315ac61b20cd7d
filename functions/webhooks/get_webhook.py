"""GET /webhooks/{webhook_id}: read a webhook."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.webhooks import WebhookOutput, webhook_result
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.wiring import api


@api(
    "GET",
    "/webhooks/{webhook_id}",
    summary="Read a webhook",
    description=("A webhook without its secret."),
    scope="webhooks:read",
    answers={200: WebhookOutput},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The webhook."""
    return webhook_result(request.uow.get(Webhook, request.http.parameters["webhook_id"]))
