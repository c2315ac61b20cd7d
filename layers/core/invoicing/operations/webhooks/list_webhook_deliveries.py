"""List the deliveries of a webhook."""

from dataclasses import replace

from invoicing.domain.webhooks.delivery import WebhookDelivery
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.operations.lists.query import Condition, ListPage, ListQuery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_webhook_deliveries(uow: UnitOfWork, webhook_id: str, query: ListQuery) -> ListPage[WebhookDelivery]:
    """Return one page of deliveries; `NotFound` ``WEBHOOK_NOT_FOUND``, `InvalidRequest` as `Store.page_of`."""
    webhook = uow.get(Webhook, webhook_id)
    of_webhook = Condition("webhook_id", "eq", (webhook.id,))
    return uow.page_of(WebhookDelivery, replace(query, conditions=(of_webhook, *query.conditions)))
