"""Events of webhooks."""

from typing import TYPE_CHECKING, Literal, TypedDict

from invoicing.domain.calendar import instant_text
from invoicing.domain.events.event import EventType

if TYPE_CHECKING:
    from invoicing.domain.webhooks.webhook import Webhook


class WebhookSummary(TypedDict):
    """A webhook in events."""

    id: str
    object: Literal["webhook"]
    version: int
    status: str
    disabled_reason: str | None
    previous_expires_at: str | None
    created_at: str


def webhook_summary(webhook: "Webhook") -> WebhookSummary:
    """Summarize a webhook without its URL, which may hold a secret of the client."""
    ends = webhook.previous_expires_at
    return {
        "id": webhook.id,
        "object": "webhook",
        "version": webhook.version,
        "status": webhook.status,
        "disabled_reason": webhook.disabled_reason,
        "previous_expires_at": instant_text(ends) if ends else None,
        "created_at": instant_text(webhook.created_at),
    }


WEBHOOK_SECRET_ROTATED: "EventType[Webhook]" = EventType(
    "webhook.secret_rotated",
    "A webhook got another secret; the one before signs as well until `previous_expires_at`.",
    webhook_summary,
)
WEBHOOK_DISABLED: "EventType[Webhook]" = EventType(
    "webhook.disabled",
    "A webhook was disabled; `disabled_reason` says why: `failing`, `gone` for an answer of 410, `requested`.",
    webhook_summary,
)
WEBHOOK_TEST: "EventType[Webhook]" = EventType(
    "webhook.test",
    "A test of a webhook was asked for; no other webhook gets it.",
    webhook_summary,
)
