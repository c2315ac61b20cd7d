"""List the webhooks."""

from invoicing.domain.webhooks.webhook import Webhook
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.operations.webhooks._own_webhooks import find_roster


def list_webhooks(uow: UnitOfWork) -> list[Webhook]:
    """Return all webhooks, the oldest first; one request, two where there are any."""
    ids = [each.id for each in find_roster(uow).webhooks]
    if ids:
        uow.prefetch(*((Webhook, each) for each in ids))
    return [webhook for each in ids if (webhook := uow.find(Webhook, each))]
