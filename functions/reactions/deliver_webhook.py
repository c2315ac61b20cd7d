"""Webhooks queue: deliver events to endpoints."""

from collections.abc import Mapping
from typing import Any

from invoicing.domain.events.event import Actor
from invoicing.operations.reactions.deliver_webhook import deliver_webhook
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.operations.webhooks._ports import WebhookOrder
from invoicing.wiring import webhook_orders, wiring

ACTOR = Actor("system", "deliver_webhook")


@webhook_orders
def handler(account: str, orders: list[WebhookOrder]) -> Mapping[str, Any]:
    """Make one attempt."""
    (order,) = orders

    def start(changes: ChangeSet) -> UnitOfWork:
        return wiring().unit_of_work(account, ACTOR, changes, real_time=True)

    return {"outcome": deliver_webhook(start, wiring().webhooks, wiring().outbound, order)}
