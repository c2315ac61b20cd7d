"""Steps of a schedule in civil time: the days they fall on, and the hours in which reminders are sent."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Literal, Protocol

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import WEEKDAYS, Weekday, local_instant, today
from invoicing.domain.reminders.rules import ReminderRules

SENDING_HOURS = timedelta(hours=4)
"""How long after `ReminderSettings.send_at` reminders are still sent, the last instant included."""

_ONE_DAY = timedelta(days=1)
_CALENDAR = range(date(1, 1, 8).toordinal(), date(9999, 12, 24).toordinal())
"""Days whose instants exist in every time zone, wherever they are moved; steps on others are none."""


@dataclass(frozen=True, slots=True)
class Step:
    """A reminder that an invoice may get; ``offset``, in days from the due date, names it for good.

    Time zone, hour and weekdays may change, and move what is to come; what was decided under the same offset is not
    decided again. ``day`` is permitted, and ``at`` the instant from which the step is sent on it.
    """

    offset: int
    day: date
    at: datetime


def steps_of(due_date: date, rules: ReminderRules, time_zone: str) -> Iterator[Step]:
    """Yield the steps of an invoice in order of time."""
    for offset in rules.entries:
        ordinal = due_date.toordinal() + offset
        if ordinal in _CALENDAR:
            day = next_permitted(date.fromordinal(ordinal), rules.weekdays)
            yield Step(offset, day, local_instant(day, rules.send_at, time_zone))


def is_permitted(day: date, weekdays: Sequence[Weekday]) -> bool:
    """Whether reminders are sent on a civil date."""
    return WEEKDAYS[day.weekday()] in weekdays


def next_permitted(day: date, weekdays: Sequence[Weekday]) -> date:
    """Return the first permitted day from a civil date on, that day itself where none is permitted."""
    week = (day + timedelta(days=days) for days in range(7))
    return next((each for each in week if is_permitted(each, weekdays)), day)


class SendingHours(Protocol):
    """When reminders are sent: the settings of an account, or the rules of an invoice."""

    @property
    def send_at(self) -> time:
        """The civil time from which they are sent."""

    @property
    def weekdays(self) -> Sequence[Weekday]:
        """The days on which they are sent."""


def is_sending_time(now: datetime, hours: SendingHours, time_zone: str) -> bool:
    """Whether reminders may be sent now: at most `SENDING_HOURS` after the hour of sending of a permitted day.

    The hours may last into the next day, whatever day that is.
    """
    day = today(now, time_zone)
    begins = (
        local_instant(each, hours.send_at, time_zone)
        for each in (day, day - _ONE_DAY)
        if is_permitted(each, hours.weekdays)
    )
    return any(begin <= now <= begin + SENDING_HOURS for begin in begins)


def next_sending_time(now: datetime, hours: SendingHours, time_zone: str) -> datetime:
    """Return the first instant after now from which reminders are sent."""
    day = next_permitted(today(now, time_zone), hours.weekdays)
    while (at := local_instant(day, hours.send_at, time_zone)) <= now:
        day = next_permitted(day + _ONE_DAY, hours.weekdays)
    return at


Tense = Literal["before", "on", "after"]
"""Where a day lies from the due date: what the default wording of a reminder follows."""


def tense(due_date: date, day: date) -> Tense:
    """Return the default wording of a reminder that is sent on a day."""
    if day < due_date:
        return "before"
    return "on" if day == due_date else "after"
