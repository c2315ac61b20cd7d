"""Identifiers and secrets; use cases receive these functions as arguments."""

import secrets
import time
from datetime import UTC, datetime, timedelta

_newest = 0
"""Milliseconds and counter of the newest identifier of this process."""


def new_id(prefix: str) -> str:
    """Make an identifier: ``prefix_`` and a version 7 UUID in hex (RFC 9562), unique and sortable by time.

    Identifiers made within a millisecond sort in the order they were made in: their ``rand_a`` is a counter (RFC 9562,
    6.2, method 1), which runs over into the next millisecond when it is used up.
    """
    global _newest  # noqa: PLW0603
    _newest = max(time.time_ns() // 1_000_000 << 12, _newest + 1)
    milliseconds, counter = divmod(_newest, 1 << 12)
    random_b = 0b10 << 62 | secrets.randbits(62)
    return f"{prefix}_{milliseconds:012x}7{counter:03x}{random_b:016x}"


def new_secret() -> str:
    """Make a text of 192 random bits, safe in a URL."""
    return secrets.token_urlsafe(24)


def time_of(identifier: str) -> datetime:
    """Return the instant at which `new_id` made an identifier, to the millisecond; `ValueError` for any other text."""
    milliseconds = int(identifier.rpartition("_")[2][:12], 16)
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def expires_at(identifier: str, kept: timedelta) -> int:
    """Return the second, since 1970, until which an entity is kept so long after its identifier was made."""
    return int((time_of(identifier) + kept).timestamp())


def first_id(prefix: str, instant: datetime) -> str:
    """Return a text that sorts after every identifier made before an instant, and before all others."""
    return f"{prefix}_{int(instant.timestamp() * 1000):012x}"
