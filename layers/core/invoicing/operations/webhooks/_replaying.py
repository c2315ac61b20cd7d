"""The way of a replay through the event log: one delivery at a time, so that events arrive in their order."""

from dataclasses import replace
from datetime import timedelta
from itertools import islice

from invoicing.domain.access.caller import split_partition
from invoicing.domain.events.event import Event
from invoicing.domain.webhooks.delivery import WebhookDelivery, delivery_of
from invoicing.domain.webhooks.replay import WebhookReplay, moves_on
from invoicing.domain.webhooks.webhook import Webhook, wants
from invoicing.identifiers import first_id
from invoicing.operations.unit_of_work.ports import EventLog
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.operations.webhooks._delivering import order_of
from invoicing.operations.webhooks._ports import WebhookOrder

MOST_EXAMINED = 500
"""The most events that are looked at in one go."""

AT_A_TIME = 10
_FIRST, _LAST = "evt_", "evt_g"
_LATE = timedelta(minutes=1)
"""An event of live mode is recorded so long after its time at the latest."""


def go_on(uow: UnitOfWork, replay_id: str, log: EventLog) -> WebhookOrder | None:
    """Make the next delivery of a replay if it is done with the one before; return what is to be queued, if anything.

    A replay ends with its last event, or with its webhook.
    """
    replay = uow.find(WebhookReplay, replay_id)
    if replay is None or replay.is_done:
        return None
    if replay.current:
        delivery = uow.find(WebhookDelivery, replay.current)
        if delivery and not moves_on(delivery):
            is_new = not delivery.attempts and not delivery.waits_until
            return order_of(delivery, uow.real_now) if is_new else None
    webhook = uow.find(Webhook, replay.webhook_id)
    if webhook is None or webhook.status == "disabled":
        uow.changes.save(replay.at(replay.position, None, is_done=True))
        return None
    return _next(uow, replay, webhook, log)


def _next(uow: UnitOfWork, replay: WebhookReplay, webhook: Webhook, log: EventLog) -> WebhookOrder | None:
    event, position, is_last = next_event(replay, webhook, log)
    if event is None:
        uow.changes.save(replay.at(position, None, is_done=is_last))
        again = WebhookOrder(account=uow.account, webhook_id=webhook.id, id=replay.id, at=uow.real_now)
        return None if is_last else again
    delivery = replayed(replay, event, uow)
    uow.changes.save(delivery)
    uow.changes.save(replay.at(position, delivery.id))
    return order_of(delivery, uow.real_now)


def replayed(replay: WebhookReplay, event: Event, uow: UnitOfWork) -> WebhookDelivery:
    """Return the delivery of an event that is part of a replay."""
    delivery = delivery_of(event, replay.webhook_id, uow.real_now, within=replay.id)
    return replace(delivery, replay_id=replay.id)


def next_event(replay: WebhookReplay, webhook: Webhook, log: EventLog) -> tuple[Event | None, str, bool]:
    """Return the next event, how far was looked, and whether there is none any more."""
    above, below = _bounds(replay)
    events = log.between(replay.account, above, below, newest_first=False, resource_id=None, at_a_time=AT_A_TIME)
    position, count = replay.position, 0
    for event in islice(events, MOST_EXAMINED):
        position, count = event.id, count + 1
        if replay.begins <= event.occurred_at < replay.ends and wants(webhook, event):
            return event, position, False
    return None, position, count < MOST_EXAMINED


def _bounds(replay: WebhookReplay) -> tuple[str, str]:
    """Return the texts between which the ids of its events are; in test mode a test clock may have shown any time."""
    above, below = replay.position or _FIRST, min(_LAST, first_id("evt", replay.created_at))
    if split_partition(replay.account)[1] == "live":
        above = max(above, first_id("evt", replay.begins))
        below = min(below, first_id("evt", min(replay.ends, replay.created_at) + _LATE))
    return above, below
