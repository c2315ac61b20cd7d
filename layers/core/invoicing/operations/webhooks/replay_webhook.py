"""Replay events to a webhook."""

from dataclasses import replace
from datetime import datetime

from invoicing.domain.webhooks.replay import WebhookReplay, require_period
from invoicing.domain.webhooks.state import LOOK_AGAIN
from invoicing.operations.unit_of_work.ports import EventLog
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.operations.webhooks._delivering import find_state, order_of, save_ordered
from invoicing.operations.webhooks._ports import WebhookOrder
from invoicing.operations.webhooks._replaying import next_event, replayed
from invoicing.operations.webhooks.send_webhook_test import active_webhook


def replay_webhook(
    uow: UnitOfWork, webhook_id: str, begins: datetime, ends: datetime, log: EventLog
) -> tuple[WebhookReplay, WebhookOrder | None]:
    """Begin to send the events of a period once more, and return what is to be queued after the commit.

    These are those that match the patterns of the webhook as they are now, also from before it existed. `NotFound`
    ``WEBHOOK_NOT_FOUND``; `Conflict` ``WEBHOOK_DISABLED``; `ValidationFailed` ``PERIOD_INVALID``.
    """
    webhook = active_webhook(uow, webhook_id)
    require_period(begins, ends)
    replay = WebhookReplay(
        account=uow.account,
        id=uow.new_id("replay"),
        webhook_id=webhook_id,
        begins=begins,
        ends=ends,
        created_at=uow.real_now,
    )
    event, position, is_last = next_event(replay, webhook, log)
    delivery = event and save_ordered(uow, replayed(replay, event, uow))
    current = delivery.id if delivery else None
    replay = replace(replay, position=position, current=current, is_done=event is None and is_last)
    uow.changes.save(replay)
    if not delivery and not is_last:
        state = find_state(uow, webhook_id).waited_for(uow.real_now + LOOK_AGAIN, uow.real_now)
        uow.changes.save(replace(state, replays=(*state.replays, replay.id)))
    if delivery:
        return replay, order_of(delivery, uow.real_now)
    again = WebhookOrder(account=uow.account, webhook_id=webhook_id, id=replay.id, at=uow.real_now)
    return replay, None if is_last else again
