"""Positions in the event log, what is asked of it, and the page that is returned."""

import base64
import re
from datetime import datetime

from invoicing.dataclass import dataclass
from invoicing.domain.events.event import Event
from invoicing.domain.events.patterns import ALL

BEFORE_ALL, BEHIND_ALL = "evt_", "evt_g"
"""Texts that sort before and after all ids of events, which are in hex."""

_POSITION = re.compile(r"(oldest|newest):(evt_(?:[0-9a-f]{32})?)")


@dataclass(frozen=True, slots=True)
class LogPosition:
    """Where a reader is: behind the event with this id, or on its way to older ones before it.

    It knows neither filters nor the size of pages, so a reader may change them and misses only what it left out.
    """

    id: str
    newest_first: bool = False

    @property
    def cursor(self) -> str:
        """The position as an opaque text."""
        order = "newest" if self.newest_first else "oldest"
        return base64.urlsafe_b64encode(f"{order}:{self.id}".encode()).decode().rstrip("=")


OLDEST = LogPosition(BEFORE_ALL)
NEWEST = LogPosition(BEHIND_ALL, newest_first=True)


def read_cursor(cursor: str) -> LogPosition:
    """Return the position that a cursor stands for, `OLDEST` for an empty one; `ValueError` for any other text."""
    if not cursor:
        return OLDEST
    try:
        decoded = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode()
    except ValueError:
        decoded = ""
    found = _POSITION.fullmatch(decoded)
    if found is None:
        raise ValueError(f"no cursor: {cursor!r}")
    return LogPosition(found[2], newest_first=found[1] == "newest")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery:
    """What is asked of the log: up to ``most`` events from a position on.

    ``types`` are patterns (`invoicing.domain.events.patterns`). ``created_from`` and ``created_before`` bound when
    events occurred; both are UTC, and the second one is excluded.
    """

    position: LogPosition = NEWEST
    types: tuple[str, ...] = (ALL,)
    resource_id: str | None = None
    customer_id: str | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None
    most: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """Events, and the position from which the next page begins; without ``has_more`` nothing follows yet."""

    items: tuple[Event, ...]
    position: LogPosition
    has_more: bool
