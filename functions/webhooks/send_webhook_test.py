"""POST /webhooks/{webhook_id}/test: send a test event."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.webhooks import WebhookOutput, webhook_result
from invoicing.operations.webhooks.send_webhook_test import send_webhook_test
from invoicing.wiring import api


@api(
    "POST",
    "/webhooks/{webhook_id}/test",
    summary="Send a test event to a webhook",
    description=(
        "Records the event `webhook.test`, which goes to this webhook alone; its deliveries show what came of it."
    ),
    scope="webhooks:write",
    answers={202: WebhookOutput},
    errors={409: "The webhook is disabled."},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The webhook, to which an event is on its way."""
    return webhook_result(send_webhook_test(request.uow, request.http.parameters["webhook_id"]), 202)
