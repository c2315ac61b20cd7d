"""Deliveries of webhooks: one event to one endpoint, and what became of it."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from invoicing import exact_json
from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import split_partition
from invoicing.domain.calendar import instant_text
from invoicing.domain.events.event import Event

MOST_OF_RESPONSE = 1_024
"""The bytes that are kept of a response's body, and the most that are read of it."""

LONGEST_BODY = 20_000
"""Bytes that no body reaches, as the Standard Webhooks specification wants it."""

Status = Literal["pending", "succeeded", "failed", "skipped"]
Skipped = Literal["endpoint_disabled", "endpoint_deleted"]
Problem = Literal[
    "timeout",
    "name_not_resolved",
    "blocked_address",
    "connection_failed",
    "tls_failed",
    "invalid_response",
    "redirect",
    "status",
]
"""Why an attempt failed; ``status`` is any other answer than 2xx, a ``redirect`` is not followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One request to the endpoint, at a real time; ``response`` is the begin of what it answered."""

    at: datetime
    milliseconds: int
    status_code: int | None = None
    error: Problem | None = None
    response: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDelivery:
    """An event on its way to one endpoint; ``body`` is what is sent, the same bytes with each attempt.

    ``next_attempt_at`` is when a pending one is tried next. One that ``waits_until`` then is due work: no message of
    the queue leads to it. Before ``not_before`` the endpoint wants no attempt. ``replay_id`` is the replay that it is
    part of.
    """

    account: str
    id: str
    version: int = 1
    webhook_id: str
    event_id: str
    event: str
    resource_id: str
    body: str
    status: Status = "pending"
    reason: Skipped | None = None
    attempts: tuple[Attempt, ...] = ()
    next_attempt_at: datetime | None = None
    waits_until: datetime | None = None
    not_before: datetime | None = None
    replay_id: str | None = None
    created_at: datetime

    @property
    def is_pending(self) -> bool:
        """Whether it is still to be tried."""
        return self.status == "pending"

    def never_sent(self) -> "WebhookDelivery":
        """Return the new delivery of a webhook that is disabled."""
        return replace(self, status="skipped", reason="endpoint_disabled", next_attempt_at=None)

    def skipped(self, reason: Skipped) -> "WebhookDelivery":
        """Return the delivery as nothing is sent any more."""
        return replace(self._ended("skipped"), reason=reason)

    def succeeded(self, attempt: Attempt) -> "WebhookDelivery":
        """Return the delivery after the endpoint took it."""
        return replace(self._ended("succeeded"), attempts=(*self.attempts, attempt))

    def failed(
        self, attempt: Attempt, next_at: datetime | None, *, waits: bool, not_before: datetime | None
    ) -> "WebhookDelivery":
        """Return the delivery after an attempt failed; None for ``next_at`` ends it."""
        attempts = (*self.attempts, attempt)
        if next_at is None:
            return replace(self._ended("failed"), attempts=attempts)
        return replace(
            self,
            version=self.version + 1,
            attempts=attempts,
            next_attempt_at=next_at,
            waits_until=next_at if waits else None,
            not_before=not_before,
        )

    def parked(self, until: datetime) -> "WebhookDelivery":
        """Return the delivery as it waits until its endpoint, which fails, has answered another attempt."""
        return replace(self, version=self.version + 1, waits_until=until)

    def brought_forward(self, now: datetime) -> "WebhookDelivery":
        """Return the delivery as it is tried now."""
        return replace(self, version=self.version + 1, next_attempt_at=now, waits_until=None, not_before=None)

    def _ended(self, status: Status) -> "WebhookDelivery":
        return replace(
            self, version=self.version + 1, status=status, next_attempt_at=None, waits_until=None, not_before=None
        )


def body_of(event: Event) -> str:
    """Return what is posted of an event: its summary as it was, which no later change touches."""
    _, mode = split_partition(event.account)
    return _written(
        event.type,
        event.data,
        {
            "event_id": event.id,
            "timestamp": instant_text(event.occurred_at),
            "version": "v1",
            "sequence": event.sequence,
            "mode": mode,
            "imported": event.actor.type == "import",
        },
    )


def _written(event: str, data: Any, meta: dict[str, Any]) -> str:
    return exact_json.dumps({"event": event, "data": data, "meta": meta}).decode()


def delivery_of(event: Event, webhook_id: str, now: datetime, *, within: str = "") -> WebhookDelivery:
    """Return the delivery of an event to an endpoint; ``within`` is the replay or retry that it is part of."""
    return WebhookDelivery(
        account=event.account,
        id=delivery_id(event.id, webhook_id, within),
        webhook_id=webhook_id,
        event_id=event.id,
        event=event.type,
        resource_id=event.resource_id,
        body=body_of(event),
        next_attempt_at=now,
        created_at=now,
    )


def delivery_id(event_id: str, webhook_id: str, within: str = "") -> str:
    """Return the id of a delivery: always the same, so that it is made once, and sorted by the time of its reason."""
    digest = hashlib.sha256(f"{event_id} {webhook_id} {within}".encode()).hexdigest()
    time = (within or event_id).rpartition("_")[2][:12]
    return f"dlv_{time}7{digest[:3]}8{digest[3:18]}"
