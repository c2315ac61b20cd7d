"""The periods of late fees: 7 days or a month each, counted from the last day in time, or one without end."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from typing import Final, Literal, NamedTuple

from invoicing.domain.calendar import days_after
from invoicing.domain.late_fees.due_history import DueHistory, Stretch
from invoicing.domain.late_fees.late_fee import LateFee

ONCE: Final = "once"


class Period(NamedTuple):
    """A period of which a fee can be charged from ``falls_due`` on.

    ``name`` is ``once`` or its last day. It ends on ``last_day``, though the invoice may be paid before.
    """

    name: str
    first_day: date
    last_day: date
    falls_due: date


def claimable_from(late_fee: LateFee, history: DueHistory) -> date:
    """Return the first day on which a fee can be charged: the first late one after the days of grace."""
    return days_after(history.first_day, late_fee.grace_days)


def periods(late_fee: LateFee, history: DueHistory, late: Sequence[Stretch], by: date) -> Iterator[Period]:
    """Yield the periods of which a fee can be charged on a day, until which ``late`` has the late days.

    A period has ended on the day after it, and that in which an invoice was paid when it was paid.
    """
    claimable = claimable_from(late_fee, history)
    if late_fee.period == ONCE:
        yield Period(ONCE, history.first_day, late[-1].last_day, claimable)
        return
    first, paid = history.first_day, history.due_after(by) == 0
    for last in period_ends(history.anchor, late_fee.period):
        if first > late[-1].last_day or (last >= by and not paid):
            return
        after = days_after(last, 1)
        yield Period(last.isoformat(), first, last, max(after, claimable))
        first = after


def period_ends(anchor: date, period: Literal["P7D", "P1M"]) -> Iterator[date]:
    """Yield the last day of each period after a day, up to the year 9999.

    Months are counted from the day itself, so that a short one does not shorten those after it: 31 January, 28
    February, 31 March.
    """
    last = anchor
    for number in count(1):
        end = days_after(anchor, 7 * number) if period == "P7D" else _months_after(anchor, number)
        if end <= last:
            return
        yield end
        last = end


def _months_after(day: date, months: int) -> date:
    """Return the same day so many months later, the last of a shorter month; 9999-12-31 at the latest."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
