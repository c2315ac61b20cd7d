"""Order the deliveries of events: one for each webhook that an event matches, once."""

from collections.abc import Callable, Sequence
from itertools import batched

from invoicing.domain.errors import InvoicingError
from invoicing.domain.events.event import Event
from invoicing.domain.webhooks.delivery import WebhookDelivery, delivery_of
from invoicing.domain.webhooks.webhook import Subscription, wants
from invoicing.identifiers import time_of
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.operations.webhooks._delivering import order_of
from invoicing.operations.webhooks._own_webhooks import find_roster
from invoicing.operations.webhooks._ports import WebhookQueue

MOST_EVENTS = 100
"""The most events of one account that are looked at together."""


class _Ordered(InvoicingError):
    """The delivery was ordered before."""

    def __init__(self, delivery: WebhookDelivery) -> None:
        super().__init__("ORDERED", "The delivery was ordered before.")
        self.delivery = delivery


def order_webhooks(
    start: Callable[[ChangeSet], UnitOfWork], events: Sequence[Event], queue: Callable[[], WebhookQueue]
) -> int:
    """Store and queue the deliveries of some events of one account; return how many there are.

    An account without webhooks costs one read. A delivery is stored before it is queued, on the condition that there
    is none: an event that comes again finds it, and queues it again unless it was tried. Those of webhooks that are
    disabled are stored as skipped.
    """
    webhooks = find_roster(start(ChangeSet())).webhooks
    made = [_order(start, event, each) for event in events for each in webhooks if _gets(each, event)]
    untried = [each for each in made if each.is_pending and not each.attempts]
    for some in batched(untried, MOST_EVENTS, strict=False):
        queue().send([order_of(each, each.created_at) for each in some])
    return len(made)


def _gets(webhook: Subscription, event: Event) -> bool:
    """Whether an event is for a webhook, which must have existed before it."""
    return wants(webhook, event) and time_of(webhook.id) <= time_of(event.id)


def _order(start: Callable[[ChangeSet], UnitOfWork], event: Event, webhook: Subscription) -> WebhookDelivery:
    def use_case(uow: UnitOfWork) -> WebhookDelivery:
        delivery = delivery_of(event, webhook.id, uow.real_now)
        if not webhook.is_active:
            delivery = delivery.never_sent()
        uow.changes.save(delivery, on_conflict=_Ordered)
        return delivery

    try:
        return run_use_case(start, use_case)
    except _Ordered as ordered:
        return ordered.delivery
