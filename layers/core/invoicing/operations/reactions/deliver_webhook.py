"""Deliver an event to an endpoint: one attempt, and what follows from it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from invoicing.dataclass import dataclass
from invoicing.domain.webhooks.delivery import Attempt, WebhookDelivery
from invoicing.domain.webhooks.schedule import LONGEST_IN_QUEUE, next_attempt_at
from invoicing.domain.webhooks.signature import signed_headers
from invoicing.domain.webhooks.state import LOOK_AGAIN, WebhookState
from invoicing.domain.webhooks.webhook import Reason, Webhook
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.operations.webhooks._delivering import FOREVER, find_state, order_of, release
from invoicing.operations.webhooks._disabling import disable
from invoicing.operations.webhooks._ports import Answer, SecretBox, WebhookOrder, WebhookSender, WebhookServices
from invoicing.operations.webhooks._replaying import go_on

GONE = 410
"""The answer that disables a webhook at once."""

SECOND = timedelta(seconds=1)
LONGEST_TURN = 30
"""Seconds after which a delivery comes again at the latest whose endpoint has enough to do."""

Start = Callable[[ChangeSet], UnitOfWork]


@dataclass(frozen=True, slots=True)
class Outbound:
    """What attempts need from outside."""

    sender: WebhookSender
    box: SecretBox


@dataclass(frozen=True, slots=True)
class _Begun:
    """An attempt that may be made."""

    delivery: WebhookDelivery
    webhook: Webhook


@dataclass(frozen=True, slots=True)
class _Later:
    """What came of an order, and the one that is queued after it, to be handed out at an instant.

    ``replay_id`` is the replay that may go on.
    """

    outcome: str
    order: WebhookOrder | None = None
    at: datetime | None = None
    replay_id: str | None = None


def deliver_webhook(start: Start, services: WebhookServices, outbound: Outbound, order: WebhookOrder) -> str:
    """Make an attempt at the delivery that an order names, unless it was made; return what came of it.

    An order is done with only when what follows is queued, or stored as due work: whoever dies before gets it again.
    """
    if order.id.startswith("replay_"):
        _go_on(start, services, order.id)
        return "replays"
    begun = run_use_case(start, lambda uow: _begin(uow, order))
    if isinstance(begun, _Begun):
        begun = _attempt(start, services, outbound, begun)
    if begun.order:
        wait = (begun.at - services.now()).total_seconds() if begun.at else 0
        services.queue.send([begun.order], max(0, wait))
    if begun.replay_id:
        _go_on(start, services, begun.replay_id)
    return begun.outcome


def _go_on(start: Start, services: WebhookServices, replay_id: str) -> None:
    if following := run_use_case(start, lambda uow: go_on(uow, replay_id, services.log)):
        services.queue.send([following])


def _begin(uow: UnitOfWork, order: WebhookOrder) -> _Begun | _Later:
    uow.prefetch((WebhookDelivery, order.id), (Webhook, order.webhook_id), (WebhookState, order.webhook_id))
    delivery, webhook = uow.find(WebhookDelivery, order.id), uow.find(Webhook, order.webhook_id)
    if delivery is None or not delivery.is_pending:
        return _Later("ended", replay_id=delivery.replay_id if delivery else None)
    if webhook is None or not webhook.takes(delivery.created_at):
        uow.changes.save(delivery.skipped("endpoint_disabled" if webhook else "endpoint_deleted"))
        return _Later("skipped", replay_id=delivery.replay_id)
    now = uow.real_now
    due = max(delivery.not_before or now, now)
    if any(each.at >= order.at for each in delivery.attempts):
        due = delivery.next_attempt_at or now
    elif due <= now:
        return _begin_attempt(uow, order, delivery, webhook)
    return _Later("waits") if delivery.waits_until else _Later("outdated", order_of(delivery, now), due)


def _begin_attempt(
    uow: UnitOfWork, order: WebhookOrder, delivery: WebhookDelivery, webhook: Webhook
) -> _Begun | _Later:
    """Begin if the endpoint gets another attempt now; of one that fails, others wait as due work."""
    now, state = uow.real_now, find_state(uow, webhook.id)
    if state.is_trying(delivery.id, now):
        return _Later("under_way")
    if trying := state.with_attempt(delivery.id, now):
        uow.changes.save(trying)
        return _Begun(delivery, webhook)
    if not state.is_failing:
        turns = order.turns + 1
        pause = min(2 * turns - 1, LONGEST_TURN)
        again = WebhookOrder(account=order.account, webhook_id=webhook.id, id=delivery.id, at=order.at, turns=turns)
        return _Later("busy", again, now + pause * SECOND)
    if delivery.waits_until is None:
        uow.changes.save(delivery.parked(now))
        uow.changes.save(state.waited_for(now + LOOK_AGAIN, now))
    return _Later("waits")


def _attempt(start: Start, services: WebhookServices, outbound: Outbound, begun: _Begun) -> _Later:
    delivery, webhook, started = begun.delivery, begun.webhook, services.now()
    body = delivery.body.encode()
    secrets = [outbound.box.open(each, webhook.account) for each in webhook.secrets_at(started)]
    headers = signed_headers(body, delivery.event_id, int(started.timestamp()), secrets)
    answer = outbound.sender.post(webhook.url, headers, body)
    made = _Made(answer, started, services.now(), services.jitter())
    return _follow(services, run_use_case(start, lambda uow: _end(uow, delivery, made)), made)


@dataclass(frozen=True, slots=True)
class _Made:
    """An attempt that was made."""

    answer: Answer
    started_at: datetime
    ended_at: datetime
    jitter: int

    @property
    def attempt(self) -> Attempt:
        """The attempt as the delivery keeps it."""
        milliseconds = round((self.ended_at - self.started_at).total_seconds() * 1000)
        answer = self.answer
        return Attempt(
            at=self.started_at,
            milliseconds=max(0, milliseconds),
            status_code=answer.status_code,
            error=answer.error,
            response=answer.response,
        )


@dataclass(frozen=True, slots=True)
class _Ended:
    """What an attempt led to; what waits until ``release_until`` is to be queued."""

    delivery: WebhookDelivery
    release_until: datetime | None = None


def _end(uow: UnitOfWork, tried: WebhookDelivery, made: _Made) -> _Ended:
    """Store what came of an attempt with the state of its endpoint."""
    uow.prefetch((WebhookDelivery, tried.id), (WebhookState, tried.webhook_id))
    delivery, state = uow.find(WebhookDelivery, tried.id) or tried, find_state(uow, tried.webhook_id)
    until = None
    if made.answer.is_success:
        if state.due_at:
            until = FOREVER if state.is_down else made.ended_at
        state = state.after_success(delivery.id)
        after = delivery.succeeded(made.attempt)
    else:
        state = state.after_failure(delivery.id, delivery.event_id, made.started_at)
        if (reason := _reason_to_disable(state, made)) and disable(uow, delivery.webhook_id, reason):
            until = FOREVER
        after, state = _after_failure(delivery, state, made, is_disabled=until is not None)
    uow.changes.save(state)
    if not delivery.is_pending:
        return _Ended(delivery, until)
    uow.changes.save(after)
    return _Ended(after, until)


def _reason_to_disable(state: WebhookState, made: _Made) -> Reason | None:
    if made.answer.status_code == GONE:
        return "gone"
    return "failing" if state.is_given_up(made.ended_at) else None


def _after_failure(
    delivery: WebhookDelivery, state: WebhookState, made: _Made, *, is_disabled: bool
) -> tuple[WebhookDelivery, WebhookState]:
    """Return a delivery as it is tried again, or not, and the state that knows if it waits."""
    ended, asked = made.ended_at, made.answer.retry_after
    next_at = next_attempt_at(len(delivery.attempts) + 1, ended, made.jitter, asked)
    waits = next_at is not None and (is_disabled or next_at - ended > LONGEST_IN_QUEUE)
    after = delivery.failed(made.attempt, next_at, waits=waits, not_before=next_at if asked else None)
    if not waits or next_at is None:
        return after, state
    return after, state.also_waited_for(next_at, ended)


def _follow(services: WebhookServices, ended: _Ended, made: _Made) -> _Later:
    """Let go of what waited for this attempt, and return when its delivery is tried again."""
    delivery = ended.delivery
    if ended.release_until:
        release(services, delivery.account, delivery.webhook_id, ended.release_until)
    outcome = "succeeded" if made.answer.is_success else "failed"
    if not delivery.is_pending or delivery.waits_until:
        return _Later(outcome, replay_id=delivery.replay_id)
    return _Later(outcome, order_of(delivery, made.ended_at), delivery.next_attempt_at, delivery.replay_id)
