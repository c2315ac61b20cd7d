"""Test a webhook."""

from invoicing.domain.errors import Conflict
from invoicing.domain.events.webhooks import WEBHOOK_TEST
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def send_webhook_test(uow: UnitOfWork, webhook_id: str) -> Webhook:
    """Record an event that goes to this webhook alone, whatever its patterns.

    `NotFound` ``WEBHOOK_NOT_FOUND``; `Conflict` ``WEBHOOK_DISABLED``.
    """
    webhook = active_webhook(uow, webhook_id)
    uow.record(WEBHOOK_TEST, webhook)
    return webhook


def active_webhook(uow: UnitOfWork, webhook_id: str) -> Webhook:
    """Return a webhook that gets events; `NotFound` ``WEBHOOK_NOT_FOUND``, `Conflict` ``WEBHOOK_DISABLED``."""
    webhook = uow.get(Webhook, webhook_id)
    if webhook.status == "disabled":
        raise Conflict("WEBHOOK_DISABLED", f"{webhook_id} is disabled; set its status to active first.")
    return webhook
