"""PATCH /webhooks/{webhook_id}: change a webhook."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.webhooks import UpdateWebhookInput
from invoicing.api.outputs.webhooks import WebhookOutput, webhook_result
from invoicing.operations.webhooks.update_webhook import update_webhook
from invoicing.wiring import api, wiring


@api(
    "PATCH",
    "/webhooks/{webhook_id}",
    summary="Update a webhook",
    description=(
        "Changes the fields that are sent. Deliveries that wait go to the new URL. `status: disabled` skips them and "
        "what follows; after `status: active` nothing is sent automatically: replay the events that you want."
    ),
    scope="webhooks:write",
    body=UpdateWebhookInput,
    answers={200: WebhookOutput},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[UpdateWebhookInput]) -> Result:
    """The webhook as it is now."""
    webhook = update_webhook(
        request.uow,
        request.http.parameters["webhook_id"],
        request.body.values(),
        rules=wiring().url_rules,
        if_version=request.http.if_version,
    )
    return webhook_result(webhook)
