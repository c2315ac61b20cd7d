"""Webhooks in responses."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypedDict

from invoicing.api.envelope import Result, timestamp
from invoicing.domain.webhooks.delivery import Attempt, WebhookDelivery
from invoicing.domain.webhooks.replay import WebhookReplay
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.operations.webhooks.create_webhook import WithSecret


class WebhookOutput(TypedDict):
    """A webhook, without its secret."""

    id: str
    url: str
    events: list[str]
    status: str
    disabled_reason: str | None
    disabled_at: str | None
    previous_expires_at: str | None
    created_at: str
    updated_at: str


class WebhookWithSecretOutput(WebhookOutput):
    """A webhook with its secret, which is shown once."""

    secret: str


class AttemptOutput(TypedDict):
    """One request to the endpoint."""

    at: str
    duration_ms: int
    status_code: int | None
    error: str | None
    response: str


class WebhookDeliveryOutput(TypedDict):
    """An event on its way to the endpoint."""

    id: str
    webhook_id: str
    event_id: str
    event: str
    resource_id: str
    status: str
    reason: str | None
    attempts: list[AttemptOutput]
    next_attempt_at: str | None
    replay_id: str | None
    created_at: str


WebhookReplayOutput = TypedDict(
    "WebhookReplayOutput",
    {"id": str, "webhook_id": str, "from": str, "to": str, "status": str, "created_at": str},
)
"""A replay."""


def webhook_output(webhook: Webhook) -> WebhookOutput:
    """Return a webhook as responses show it."""
    ends, disabled = webhook.previous_expires_at, webhook.disabled_at
    return WebhookOutput(
        id=webhook.id,
        url=webhook.url,
        events=list(webhook.events),
        status=webhook.status,
        disabled_reason=webhook.disabled_reason,
        disabled_at=timestamp(disabled) if disabled else None,
        previous_expires_at=timestamp(ends) if ends else None,
        created_at=timestamp(webhook.created_at),
        updated_at=timestamp(webhook.updated_at),
    )


def webhook_links(webhook: Webhook) -> dict[str, str | None]:
    """Return the links of a webhook; a disabled one is sent nothing."""
    own = f"/webhooks/{webhook.id}"
    is_active = webhook.status == "active"
    return {
        "self": own,
        "deliveries": f"{own}/deliveries",
        "rotate_secret": f"{own}/rotate-secret",
        "test": f"{own}/test" if is_active else None,
        "replay": f"{own}/replay" if is_active else None,
    }


def webhook_result(webhook: Webhook, status: int = 200) -> Result:
    """Return the response with a webhook."""
    return Result(status=status, data=webhook_output(webhook), links=webhook_links(webhook), version=webhook.version)


def secret_result(made: WithSecret) -> Result:
    """Return the response with a webhook and its secret."""
    result = webhook_result(made.webhook, 201)
    data = WebhookWithSecretOutput(**webhook_output(made.webhook), secret=made.secret)
    return replace(result, data=data, location=result.links["self"])


def _attempt_output(attempt: Attempt) -> AttemptOutput:
    return AttemptOutput(
        at=timestamp(attempt.at),
        duration_ms=attempt.milliseconds,
        status_code=attempt.status_code,
        error=attempt.error,
        response=attempt.response,
    )


def webhook_delivery_output(delivery: WebhookDelivery) -> WebhookDeliveryOutput:
    """Return a delivery as responses show it."""
    return WebhookDeliveryOutput(
        id=delivery.id,
        webhook_id=delivery.webhook_id,
        event_id=delivery.event_id,
        event=delivery.event,
        resource_id=delivery.resource_id,
        status=delivery.status,
        reason=delivery.reason,
        attempts=list(map(_attempt_output, delivery.attempts)),
        next_attempt_at=timestamp(delivery.next_attempt_at) if delivery.next_attempt_at else None,
        replay_id=delivery.replay_id,
        created_at=timestamp(delivery.created_at),
    )


def delivery_result(delivery: WebhookDelivery, queue: Callable[[], None]) -> Result:
    """Return the response with a delivery that is queued once it is stored."""
    own = f"/webhooks/{delivery.webhook_id}"
    links = {"self": None, "webhook": own, "deliveries": f"{own}/deliveries"}
    return _queued(Result(status=202, data=webhook_delivery_output(delivery), links=links), queue)


def replay_result(replay: WebhookReplay, queue: Callable[[], None] | None) -> Result:
    """Return the response with a replay, whose first delivery is queued once it is stored."""
    data: WebhookReplayOutput = {
        "id": replay.id,
        "webhook_id": replay.webhook_id,
        "from": timestamp(replay.begins),
        "to": timestamp(replay.ends),
        "status": "completed" if replay.is_done else "running",
        "created_at": timestamp(replay.created_at),
    }
    own = f"/webhooks/{replay.webhook_id}"
    result = Result(status=202, data=data, links={"self": None, "webhook": own, "deliveries": f"{own}/deliveries"})
    return _queued(result, queue) if queue else result


def _queued(result: Result, queue: Callable[[], None]) -> Result:
    def follow_up() -> Result:
        queue()
        return result

    return replace(result, follow_up=follow_up)
