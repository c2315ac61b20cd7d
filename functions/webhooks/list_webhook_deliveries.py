"""GET /webhooks/{webhook_id}/deliveries: list the deliveries of a webhook."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.webhooks import WebhookDeliveryOutput, webhook_delivery_output
from invoicing.api.queries.webhooks import WEBHOOK_DELIVERIES
from invoicing.api.query import read_query
from invoicing.operations.webhooks.list_webhook_deliveries import list_webhook_deliveries
from invoicing.wiring import api


@api(
    "GET",
    "/webhooks/{webhook_id}/deliveries",
    summary="List the deliveries of a webhook",
    description=(
        "A page of deliveries, the newest first, each with its attempts and the beginning of each response. "
        "They are kept for 90 days."
    ),
    scope="webhooks:read",
    lists=WEBHOOK_DELIVERIES,
    answers={200: list[WebhookDeliveryOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of deliveries."""
    asked = read_query(request.http.query_string, WEBHOOK_DELIVERIES)
    listed = list_webhook_deliveries(request.uow, request.http.parameters["webhook_id"], asked.query)
    return list_result(request.http, asked, listed, webhook_delivery_output)
