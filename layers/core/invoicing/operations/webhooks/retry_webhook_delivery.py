"""Send a delivery again."""

from invoicing.domain.errors import not_found
from invoicing.domain.webhooks.delivery import WebhookDelivery, delivery_id
from invoicing.domain.webhooks.state import WebhookState
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.operations.webhooks._delivering import save_ordered
from invoicing.operations.webhooks.send_webhook_test import active_webhook


def retry_webhook_delivery(uow: UnitOfWork, webhook_id: str, identifier: str) -> WebhookDelivery:
    """Try a pending delivery now; of one that has ended, whatever became of it, make another with the same body.

    What is returned is to be queued after the commit. `NotFound` ``WEBHOOK_NOT_FOUND``,
    ``WEBHOOK_DELIVERY_NOT_FOUND``; `Conflict` ``WEBHOOK_DISABLED``.
    """
    uow.prefetch((Webhook, webhook_id), (WebhookDelivery, identifier), (WebhookState, webhook_id))
    webhook = active_webhook(uow, webhook_id)
    delivery = uow.get(WebhookDelivery, identifier)
    if delivery.webhook_id != webhook_id:
        raise not_found("WebhookDelivery", identifier)
    now = uow.real_now
    if delivery.is_pending and webhook.takes(delivery.created_at):
        return save_ordered(uow, delivery.brought_forward(now))
    again = WebhookDelivery(
        account=uow.account,
        id=delivery_id(delivery.event_id, webhook_id, uow.new_id("dlv")),
        webhook_id=webhook_id,
        event_id=delivery.event_id,
        event=delivery.event,
        resource_id=delivery.resource_id,
        body=delivery.body,
        next_attempt_at=now,
        created_at=now,
    )
    return save_ordered(uow, again)
