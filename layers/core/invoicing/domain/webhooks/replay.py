"""Replays: the events of a period once more, one after the other."""

from dataclasses import replace
from datetime import datetime, timedelta

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import instant_text
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.webhooks.delivery import WebhookDelivery

LONGEST_REPLAY = timedelta(days=31)
KEPT_BACK = 5
"""After so many failed attempts at a delivery, whose next pause is an hour, the replay goes on with the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookReplay:
    """A replay of the events from ``begins`` on and before ``ends``.

    ``position`` is the id of the last event that was looked at, and ``current`` the delivery that it is at; it is the
    last one once the replay ``is_done``.
    """

    account: str
    id: str
    version: int = 1
    webhook_id: str
    begins: datetime
    ends: datetime
    position: str = ""
    current: str | None = None
    is_done: bool = False
    created_at: datetime

    def at(self, position: str, current: str | None, *, is_done: bool = False) -> "WebhookReplay":
        """Return the replay as it has come to an event."""
        return replace(self, version=self.version + 1, position=position, current=current, is_done=is_done)


def require_period(begins: datetime, ends: datetime) -> None:
    """Raise `ValidationFailed` ``PERIOD_INVALID`` unless it is a period of at most `LONGEST_REPLAY`."""
    if not timedelta() < ends - begins <= LONGEST_REPLAY:
        message = f"to must be after from, by at most {LONGEST_REPLAY.days} days."
        raise ValidationFailed(Detail("to", message, "PERIOD_INVALID", instant_text(ends)))


def moves_on(delivery: WebhookDelivery) -> bool:
    """Whether the replay goes on after a delivery: it has ended, or is tried again only after long."""
    return not delivery.is_pending or len(delivery.attempts) >= KEPT_BACK
