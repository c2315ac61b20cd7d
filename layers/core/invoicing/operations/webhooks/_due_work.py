"""What waits for an endpoint: queued when its time has come, a few at a time while the endpoint fails."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from invoicing.domain.due_work import Work
from invoicing.domain.webhooks.replay import WebhookReplay
from invoicing.domain.webhooks.state import LOOK_AGAIN, SEEN_AFTER, WebhookState
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import DueWorkIndex
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.operations.webhooks._delivering import FOREVER, release
from invoicing.operations.webhooks._ports import WebhookOrder

if TYPE_CHECKING:
    from invoicing.operations.reactions.run_due_work import JobPorts

TRIED_IN_A_LOOK, APART = 20, 12
"""How many are queued of an endpoint that fails, and the seconds between them: an attempt takes ten at most."""


def run_job(
    start: Callable[[ChangeSet], UnitOfWork],
    _: DueWorkIndex,
    __: object,
    ports: "JobPorts | None",
    webhook_id: str,
) -> list[Work]:
    """Queue what waits for an endpoint and is due; look again while anything waits.

    A webhook that was disabled or deleted lets go of all at once, to be skipped.
    """
    if ports is None:
        raise ValueError("webhooks need their ports")
    services, uow = ports.webhooks, start(ChangeSet())
    uow.prefetch((WebhookState, webhook_id), (Webhook, webhook_id))
    state, webhook = uow.find(WebhookState, webhook_id), uow.find(Webhook, webhook_id)
    now = uow.real_now
    if state is None or state.due_at is None or state.due_at > now:
        return []
    if webhook is None or webhook.status == "disabled":
        release(services, uow.account, webhook_id, FOREVER)
    elif state.is_failing:
        for turn, each in enumerate(services.waiting.of(uow.account, webhook_id, now, TRIED_IN_A_LOOK)):
            order = WebhookOrder(account=uow.account, webhook_id=webhook_id, id=each, at=now)
            services.queue.send([order], turn * APART)
    else:
        release(services, uow.account, webhook_id, now)
    searching = [each for each in state.replays if _is_searching(uow.find(WebhookReplay, each))]
    services.queue.send(
        [WebhookOrder(account=uow.account, webhook_id=webhook_id, id=each, at=now) for each in searching]
    )
    is_empty = not searching and not services.waiting.of(uow.account, webhook_id, FOREVER, 1)
    run_use_case(start, lambda uow: _look_again(uow, state, searching, is_empty=is_empty))
    return [Work.JOB]


def _is_searching(replay: WebhookReplay | None) -> bool:
    """Whether a replay has no delivery yet, so that nothing else leads to it."""
    return replay is not None and not replay.is_done and replay.current is None


def _look_again(uow: UnitOfWork, seen: WebhookState, searching: list[str], *, is_empty: bool) -> None:
    """Say when to look again; not at all where nothing waits, and nothing began to since."""
    state, now = uow.find(WebhookState, seen.id), uow.real_now
    if state is None:
        return
    kept = tuple(each for each in state.replays if each in searching or each not in seen.replays)
    state = replace(state, replays=kept)
    is_settled = state.waited_at is None or state.waited_at <= now - SEEN_AFTER
    if not is_empty or not is_settled or state.waited_at != seen.waited_at:
        uow.changes.save(state.looked_at(now + LOOK_AGAIN))
    elif uow.find(Webhook, seen.id):
        uow.changes.save(state.looked_at(None))
    else:
        uow.changes.remove(state)
