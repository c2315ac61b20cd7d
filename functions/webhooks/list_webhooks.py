"""GET /webhooks: list the webhooks."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result, one_page
from invoicing.api.outputs.webhooks import WebhookOutput, webhook_output
from invoicing.operations.webhooks.list_webhooks import list_webhooks
from invoicing.wiring import api


@api(
    "GET",
    "/webhooks",
    summary="List webhooks",
    description=("All webhooks of the account in the mode of the key, the oldest first, on one page."),
    scope="webhooks:read",
    answers={200: list[WebhookOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """All webhooks, on one page."""
    return one_page("/webhooks", list(map(webhook_output, list_webhooks(request.uow))))
