"""Webhook-events queue: order the deliveries of events to webhooks."""

from collections.abc import Mapping
from typing import Any

from invoicing.domain.events.event import Actor, Event
from invoicing.operations.reactions.order_webhooks import MOST_EVENTS, order_webhooks
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.wiring import reaction, wiring

ACTOR = Actor("system", "order_webhooks")


@reaction(most=MOST_EVENTS, one_by_one=True)
def handler(account: str, events: list[Event]) -> Mapping[str, Any]:
    """Store and queue the deliveries of some events of one account."""

    def start(changes: ChangeSet) -> UnitOfWork:
        return wiring().unit_of_work(account, ACTOR, changes, real_time=True)

    return {"ordered": order_webhooks(start, events, lambda: wiring().webhook_queue)}
