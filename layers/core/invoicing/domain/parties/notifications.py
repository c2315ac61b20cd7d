"""Whether, where and when an account is told of what failed."""

from datetime import time

from invoicing.dataclass import dataclass

NOTIFIED_AT = time(8)
"""The civil time of accounts that name none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notifications:
    """Settings of the daily e-mail to the account; ``send_at`` is a civil time of its time zone.

    ``enabled`` None is on in live mode and off in test mode; ``email`` None is the account's own address.
    """

    enabled: bool | None = None
    email: str | None = None
    send_at: time = NOTIFIED_AT


USUAL = Notifications()
"""What accounts have that said nothing."""
