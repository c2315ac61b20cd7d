"""Change of an account's time zone: everything that waits for a civil time has to wait for another instant."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from invoicing.domain.due_work import DueWork, Work

TIME_ZONE_CHANGE = "time_zone_change"
"""The id of an account's change of time zone: there is one at a time."""

SETTLED = timedelta(minutes=1)
"""The time after which no request works with the time zone before, and no index lacks what such a request wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeZoneChange:
    """A walk through the invoices of an account, each of which is moved to the new time zone.

    ``due_at`` is when it goes on, in real time, and ``position`` the cursor of its next page, None for the first.
    The walk that begins at once may miss what requests of that moment write, so it is followed by a ``last`` one.
    """

    account: str
    id: str = TIME_ZONE_CHANGE
    version: int
    due_at: datetime
    position: str | None = None
    last: bool = False

    def after_page(self, next_page: str | None) -> "TimeZoneChange | None":
        """Return the change after a page, before that of a cursor; None when all is done."""
        if next_page is None and self.last:
            return None
        after = replace(self, version=self.version + 1, position=next_page)
        return after if next_page else replace(after, due_at=self.due_at + SETTLED, last=True)


def due_work_of(change: TimeZoneChange) -> DueWork:
    """Return the next work of a change."""
    return DueWork(change.due_at, Work.JOB)
