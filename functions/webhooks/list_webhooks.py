"""GET /webhooks: list the webhooks."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import whole_list_result
from invoicing.api.outputs.webhooks import WebhookOutput, webhook_output
from invoicing.api.queries.webhooks import WEBHOOKS
from invoicing.operations.webhooks.list_webhooks import list_webhooks
from invoicing.wiring import api


@api(
    "GET",
    "/webhooks",
    summary="List webhooks",
    description="A page of the webhooks of the account in the mode of the key, the oldest first.",
    scope="webhooks:read",
    lists=WEBHOOKS,
    answers={200: list[WebhookOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of webhooks."""
    return whole_list_result(request.http, WEBHOOKS, list_webhooks(request.uow), webhook_output)
