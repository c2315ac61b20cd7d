"""A walk through invoices or schedules after a change of what they wait for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Self

from invoicing.dataclass import dataclass
from invoicing.domain.due_work import DueWork, Work

SETTLED = timedelta(minutes=1)
"""The time after which no request works with what was before, and no index lacks what such a request wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceWalk:
    """A walk through invoices or schedules of an account, each of which is made to wait for what it now has to.

    ``due_at`` is when it goes on, in real time, and ``position`` the cursor of its next page, None for the first.
    The walk that begins at once may miss what requests of that moment write, so it is followed by a ``last`` one.
    """

    account: str
    id: str
    version: int
    due_at: datetime
    position: str | None = None
    last: bool = False

    def after_page(self, next_page: str | None) -> Self | None:
        """Return the walk after a page, before that of a cursor; None when all is done."""
        if next_page is None and self.last:
            return None
        after = replace(self, version=self.version + 1, position=next_page)
        return after if next_page else replace(after, due_at=self.due_at + SETTLED, last=True)


def after_part[W: InvoiceWalk](walk: W, next_page: str | None, parts: Sequence[str]) -> W | None:
    """Return a walk through several lists, its ``parts``, after a page of one; None when all is done."""
    part: str = walk.part  # type: ignore[attr-defined]
    following = parts[parts.index(part) + 1 :]
    if next_page is None and following:
        return replace(walk, version=walk.version + 1, position=None, part=following[0])  # type: ignore[call-arg]
    after = InvoiceWalk.after_page(walk, next_page)
    return after if after is None or next_page else replace(after, part=parts[0])  # type: ignore[call-arg]


def due_work_of(walk: InvoiceWalk) -> DueWork:
    """Return the next work of a walk of which each step is several transactions."""
    return DueWork(walk.due_at, Work.JOB)


def due_change(walk: InvoiceWalk) -> DueWork:
    """Return the next work of a walk of which each step is one transaction."""
    return DueWork(walk.due_at, Work.CHANGE)
