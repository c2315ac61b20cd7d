"""What all share that try deliveries: skipping, waiting, and letting go of those that wait."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import batched

from invoicing.domain.webhooks.delivery import WebhookDelivery
from invoicing.domain.webhooks.state import LOOK_AGAIN, WebhookState
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.operations.webhooks._ports import WebhookOrder, WebhookServices

MOST_RELEASED = 5_000
"""The most deliveries that are queued in one go; the next look finds others."""

_AT_A_TIME = 100
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


def find_state(uow: UnitOfWork, webhook_id: str) -> WebhookState:
    """Return the state of an endpoint, a new one where nothing is known of it."""
    return uow.find(WebhookState, webhook_id) or WebhookState(account=uow.account, id=webhook_id)


def save_ordered(uow: UnitOfWork, delivery: WebhookDelivery) -> WebhookDelivery:
    """Store a delivery that is queued after the commit; should that fail, the next look at its endpoint finds it."""
    now = uow.real_now
    ordered = replace(delivery, waits_until=now)
    uow.changes.save(ordered)
    uow.changes.save(find_state(uow, delivery.webhook_id).waited_for(now + LOOK_AGAIN, now))
    return ordered


def order_of(delivery: WebhookDelivery, at: datetime) -> WebhookOrder:
    """Return the order of a delivery."""
    return WebhookOrder(account=delivery.account, webhook_id=delivery.webhook_id, id=delivery.id, at=at)


def release(services: WebhookServices, account: str, webhook_id: str, until: datetime) -> int:
    """Queue what waits for an endpoint until an instant; return how much it was.

    They wait on until they are tried, so that nothing is lost with a message.
    """
    ids = services.waiting.of(account, webhook_id, until, MOST_RELEASED)
    for orders in batched(_orders(account, webhook_id, ids, services.now()), _AT_A_TIME, strict=False):
        services.queue.send(orders)
    return len(ids)


def _orders(account: str, webhook_id: str, ids: list[str], at: datetime) -> Iterator[WebhookOrder]:
    return (WebhookOrder(account=account, webhook_id=webhook_id, id=each, at=at) for each in ids)
