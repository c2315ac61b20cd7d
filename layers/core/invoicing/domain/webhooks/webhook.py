"""Webhooks: endpoints of a client, which get the events that match their patterns."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Conflict
from invoicing.domain.events.event import Event
from invoicing.domain.events.patterns import matches
from invoicing.domain.events.webhooks import WEBHOOK_TEST

MOST_WEBHOOKS = 20
"""The most of an account in each mode."""

MOST_PATTERNS = 50
ROTATION = timedelta(hours=24)
"""How long the secret before signs as well, unless the client says otherwise."""

LONGEST_ROTATION = timedelta(days=7)
ROSTER = "webhooks"
"""The id of the roster of an account."""

Status = Literal["active", "disabled"]
Reason = Literal["failing", "gone", "requested"]
"""Why a webhook is disabled: its endpoint fails for long, answered 410, or the client wanted it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An endpoint; ``events`` are patterns of event types (`invoicing.domain.events.patterns`).

    ``secret`` and, while a secret rotates, ``previous_secret`` are encrypted (`SecretBox`); the latter signs as well
    until ``previous_expires_at``. ``enabled_at`` is the real time at which it was last switched on again. ``sequence``
    counts its events.
    """

    account: str
    id: str
    version: int = 1
    sequence: int = 0
    url: str
    events: tuple[str, ...]
    status: Status = "active"
    disabled_reason: Reason | None = None
    disabled_at: datetime | None = None
    enabled_at: datetime | None = None
    secret: str
    previous_secret: str | None = None
    previous_expires_at: datetime | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def is_given_up(self) -> bool:
        """Whether it is disabled because its endpoint failed or is gone, and not because the client wanted it."""
        return self.status == "disabled" and self.disabled_reason != "requested"

    def secrets_at(self, now: datetime) -> tuple[str, ...]:
        """Return the encrypted secrets that sign at an instant of real time, the new one first."""
        rotates = self.previous_secret and self.previous_expires_at and now < self.previous_expires_at
        return (self.secret, self.previous_secret) if rotates and self.previous_secret else (self.secret,)

    def rotated(self, secret: str, ends: datetime, now: datetime) -> "Webhook":
        """Return the webhook with another secret, while the one of now signs until ``ends``."""
        return replace(
            self,
            version=self.version + 1,
            secret=secret,
            previous_secret=self.secret,
            previous_expires_at=ends,
            updated_at=now,
        )

    def disabled(self, reason: Reason, now: datetime) -> "Webhook":
        """Return the webhook as it gets nothing any more."""
        return replace(
            self,
            version=self.version + 1,
            status="disabled",
            disabled_reason=reason,
            disabled_at=now,
            updated_at=now,
        )

    def takes(self, ordered_at: datetime) -> bool:
        """Whether what was ordered at a real time is sent: not what was on its way when it was switched off."""
        return self.status == "active" and (self.enabled_at is None or ordered_at >= self.enabled_at)

    def enabled(self, now: datetime, real_now: datetime) -> "Webhook":
        """Return the webhook as it gets events again; those of before are not sent, but can be replayed."""
        return replace(
            self,
            version=self.version + 1,
            status="active",
            disabled_reason=None,
            disabled_at=None,
            enabled_at=real_now,
            updated_at=now,
        )


@dataclass(frozen=True, slots=True)
class Subscription:
    """What the roster knows of a webhook."""

    id: str
    events: tuple[str, ...]
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRoster:
    """The webhooks of an account in one mode, under the id `ROSTER`: who publishes an event reads this alone."""

    account: str
    id: str = ROSTER
    version: int = 0
    webhooks: tuple[Subscription, ...] = ()

    def with_webhook(self, webhook: Webhook) -> "WebhookRoster":
        """Return the roster with a webhook as it is now; `Conflict` ``TOO_MANY_WEBHOOKS``."""
        own = Subscription(webhook.id, webhook.events, webhook.status == "active")
        known = [own if each.id == own.id else each for each in self.webhooks]
        if own not in known:
            if len(known) >= MOST_WEBHOOKS:
                raise Conflict("TOO_MANY_WEBHOOKS", f"An account has at most {MOST_WEBHOOKS} webhooks in each mode.")
            known.append(own)
        return self._with(known)

    def without(self, webhook_id: str) -> "WebhookRoster":
        """Return the roster without a webhook."""
        return self._with([each for each in self.webhooks if each.id != webhook_id])

    def _with(self, webhooks: Sequence[Subscription]) -> "WebhookRoster":
        return replace(self, version=self.version + 1, webhooks=tuple(webhooks))


def wants(webhook: Webhook | Subscription, event: Event) -> bool:
    """Whether an event is for a webhook: it matches, or it is a test of this one; tests of others are for nobody."""
    if event.type == WEBHOOK_TEST.name:
        return event.resource_id == webhook.id
    return matches(webhook.events, event.type)
