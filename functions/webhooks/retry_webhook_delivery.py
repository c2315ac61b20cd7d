"""POST /webhooks/{webhook_id}/deliveries/{delivery_id}/retry: send a delivery again."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.webhooks import WebhookDeliveryOutput, delivery_result
from invoicing.operations.webhooks._delivering import order_of
from invoicing.operations.webhooks.retry_webhook_delivery import retry_webhook_delivery
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/webhooks/{webhook_id}/deliveries/{delivery_id}/retry",
    summary="Retry a delivery of a webhook",
    description=(
        "Tries a pending delivery now. For a delivery that has ended, whatever its status, another one is made with"
        " the same event id and body."
    ),
    scope="webhooks:write",
    answers={202: WebhookDeliveryOutput},
    errors={409: "The webhook is disabled."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The delivery, which is queued."""
    parameters, uow = request.http.parameters, request.uow
    delivery = retry_webhook_delivery(uow, parameters["webhook_id"], parameters["delivery_id"])
    return delivery_result(delivery, lambda: wiring().webhook_queue.offer([order_of(delivery, uow.real_now)]))
