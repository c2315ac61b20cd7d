"""Settings of notices in responses."""

from typing import TypedDict

from invoicing.domain.parties.account import Account


class NotificationsOutput(TypedDict):
    """Whether, where and when the account is told of what failed; ``email`` null is the account's own address."""

    enabled: bool
    email: str | None
    send_at: str


def notifications_output(account: Account) -> NotificationsOutput:
    """Return the settings of an account as responses show them."""
    settings = account.notifications
    return NotificationsOutput(
        enabled=account.is_notified, email=settings.email, send_at=settings.send_at.isoformat("minutes")
    )
