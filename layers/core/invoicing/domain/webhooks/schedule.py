"""When a delivery is tried again."""

from datetime import datetime, timedelta

DELAYS = (
    timedelta(seconds=1),
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=72),
)
"""The pauses after failed attempts, each counted from the end of the one before; there are nine attempts."""

MOST_ATTEMPTS = len(DELAYS) + 1
MOST_JITTER = 100
"""The thousandths of a pause that it is longer at most, so that what failed together is not tried together."""

LONGEST_ASKED = timedelta(hours=24)
"""The longest pause that an endpoint can ask for with ``Retry-After``."""

LONGEST_IN_QUEUE = timedelta(minutes=6)
"""The longest pause of a message; longer ones are due work. The queue takes 15 minutes."""

THROTTLING = frozenset({429, 503})
"""The answers whose ``Retry-After`` counts."""


def next_attempt_at(failed: int, ended_at: datetime, jitter: int, asked: timedelta | None) -> datetime | None:
    """Return when to try again after so many failed attempts, of which the last ended then; None after the last one.

    ``jitter``, in thousandths up to `MOST_JITTER`, is chance. ``asked`` is what the endpoint asked for.
    """
    if failed >= MOST_ATTEMPTS:
        return None
    pause = DELAYS[failed - 1] * (1000 + jitter) / 1000
    return ended_at + max(pause, min(asked or timedelta(), LONGEST_ASKED))
