"""Steps in civil time: through daylight saving, around weekdays, within the hours of sending."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.calendar import WEEKDAYS, Weekday
from invoicing.domain.reminders.rules import ReminderRules, rules_for
from invoicing.domain.reminders.settings import ReminderSettings, ScheduleEntry
from invoicing.domain.reminders.steps import is_sending_time, next_permitted, next_sending_time, steps_of, tense
from tests.domain.reminders.model import instant
from tests.domain.reminders.office import local
from tests.examples import TIME_ZONES

WEEK = timedelta(days=7)
ZONES = st.sampled_from(TIME_ZONES)
DATES = st.dates(date(1990, 1, 1), date(2100, 1, 1))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
PERMITTED = st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(tuple)
USUAL = (
    ScheduleEntry(offset_days=-3),
    ScheduleEntry(offset_days=0),
    ScheduleEntry(offset_days=7),
    ScheduleEntry(every_days=14, times=3),
)


def rules(*offsets: int, send_at: time = time(9), weekdays: tuple[Weekday, ...] = WEEKDAYS) -> ReminderRules:
    schedule = tuple(ScheduleEntry(offset_days=offset) for offset in offsets)
    return rules_for(ReminderSettings(enabled=True, send_at=send_at, weekdays=weekdays, schedule=schedule or USUAL))


@pytest.mark.parametrize(
    ("time_zone", "due", "expected"),
    [
        ("Europe/Berlin", "2027-03-25", "03-22T08:00 03-25T08:00 04-01T07:00 04-15T07:00 04-29T07:00 05-13T07:00"),
        ("Europe/Berlin", "2027-10-28", "10-25T07:00 10-28T07:00 11-04T08:00 11-18T08:00 12-02T08:00 12-16T08:00"),
        ("America/New_York", "2027-03-11", "03-08T14:00 03-11T14:00 03-18T13:00 04-01T13:00 04-15T13:00 04-29T13:00"),
        ("America/New_York", "2027-11-04", "11-01T13:00 11-04T13:00 11-11T14:00 11-25T14:00 12-09T14:00 12-23T14:00"),
        ("Australia/Sydney", "2027-03-31", "03-27T22:00 03-30T22:00 04-06T23:00 04-20T23:00 05-04T23:00 05-18T23:00"),
        ("Australia/Sydney", "2027-09-30", "09-26T23:00 09-29T23:00 10-06T22:00 10-20T22:00 11-03T22:00 11-17T22:00"),
        ("Pacific/Auckland", "2027-09-23", "09-19T21:00 09-22T21:00 09-29T20:00 10-13T20:00 10-27T20:00 11-10T20:00"),
        ("America/Santiago", "2027-03-31", "03-28T12:00 03-31T12:00 04-07T13:00 04-21T13:00 05-05T13:00 05-19T13:00"),
        ("Asia/Kolkata", "2027-03-25", "03-22T03:30 03-25T03:30 04-01T03:30 04-15T03:30 04-29T03:30 05-13T03:30"),
    ],
)
def test_nine_stays_nine_when_clocks_change(time_zone: str, due: str, expected: str) -> None:
    steps = list(steps_of(date.fromisoformat(due), rules(), time_zone))
    assert [step.offset for step in steps] == [-3, 0, 7, 21, 35, 49]
    assert " ".join(step.at.strftime("%m-%dT%H:%M") for step in steps) == expected


@given(ZONES, DATES, TIMES, PERMITTED)
def test_steps_have_the_hour_of_sending_on_the_first_permitted_day(
    time_zone: str, due: date, send_at: time, weekdays: tuple[Weekday, ...]
) -> None:
    for step in steps_of(due, rules(-3, 0, 7, 8, send_at=send_at, weekdays=weekdays), time_zone):
        nominal = due + timedelta(days=step.offset)
        assert nominal <= step.day < nominal + WEEK
        assert WEEKDAYS[step.day.weekday()] in weekdays
        assert not any(
            WEEKDAYS[(nominal + timedelta(days=days)).weekday()] in weekdays
            for days in range((step.day - nominal).days)
        )
        assert step.at == instant(step.day, send_at.strftime("%H:%M"), time_zone)


@given(ZONES, DATES, TIMES, PERMITTED)
def test_later_steps_are_never_earlier(time_zone: str, due: date, send_at: time, weekdays: tuple[Weekday, ...]) -> None:
    steps = list(steps_of(due, rules(*range(-5, 6), send_at=send_at, weekdays=weekdays), time_zone))
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert [step.day for step in steps] == sorted(step.day for step in steps)


@pytest.mark.parametrize(
    ("time_zone", "day", "send_at", "at"),
    [
        ("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T01:30:00Z"),
        ("Europe/Berlin", "2027-10-31", "02:30", "2027-10-31T00:30:00Z"),
        ("America/New_York", "2027-03-14", "02:30", "2027-03-14T07:30:00Z"),
        ("America/New_York", "2027-11-07", "01:30", "2027-11-07T05:30:00Z"),
        ("Australia/Lord_Howe", "2027-10-03", "02:15", "2027-10-02T15:45:00Z"),
        ("America/Santiago", "2027-09-05", "00:30", "2027-09-05T04:30:00Z"),
    ],
)
def test_an_hour_that_clocks_skip_or_repeat(time_zone: str, day: str, send_at: str, at: str) -> None:
    (step,) = steps_of(date.fromisoformat(day), rules(0, send_at=time.fromisoformat(send_at)), time_zone)
    assert step.at == datetime.fromisoformat(at)


@pytest.mark.parametrize(
    ("due", "offset"), [(date.min, 365), (date(1, 1, 3), 365), (date(9999, 12, 29), -365), (date.max, -365)]
)
@pytest.mark.parametrize("time_zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_steps_beyond_the_calendar_are_none(due: date, offset: int, time_zone: str) -> None:
    late = rules(-1, 0, 1, offset, send_at=time(23, 59), weekdays=("mon",))
    assert [step.offset for step in steps_of(due, late, time_zone)] == [offset]


def test_without_any_permitted_day_the_day_stays() -> None:
    assert next_permitted(date(2027, 3, 6), ()) == date(2027, 3, 6)


@pytest.mark.parametrize(
    ("civil", "sends"),
    [
        ("2027-03-08 08:59:59.999", False),
        ("2027-03-08 09:00", True),
        ("2027-03-08 13:00", True),
        ("2027-03-08 13:00:00.001", False),
        ("2027-03-07 10:00", False),  # a Sunday
    ],
)
def test_reminders_go_out_for_four_hours_of_permitted_days(civil: str, sends: bool) -> None:
    assert is_sending_time(local(civil), rules(weekdays=WEEKDAYS[:5]), "Europe/Berlin") is sends


def test_hours_of_sending_may_last_into_a_day_that_is_not_permitted() -> None:
    late = rules(send_at=time(22, 45), weekdays=WEEKDAYS[:5])
    asked = ["2027-03-06 02:45", "2027-03-06 02:46", "2027-03-06 22:45", "2027-03-08 01:00", "2027-03-09 01:00"]
    assert [is_sending_time(local(civil), late, "Europe/Berlin") for civil in asked] == [
        True,
        False,
        False,
        False,
        True,
    ]


@given(ZONES, st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), TIMES, PERMITTED)  # noqa: DTZ001
def test_the_next_time_of_sending_is_the_first(
    time_zone: str, moment: datetime, send_at: time, weekdays: tuple[Weekday, ...]
) -> None:
    now = moment.replace(tzinfo=UTC)
    hours = rules(send_at=send_at, weekdays=weekdays)
    found = next_sending_time(now, hours, time_zone)
    days = [now.date() + timedelta(days=days) for days in range(-3, 12)]
    begins = [instant(day, send_at.strftime("%H:%M"), time_zone) for day in days if WEEKDAYS[day.weekday()] in weekdays]
    assert found == min(at for at in begins if at > now)
    assert is_sending_time(found, hours, time_zone)


@pytest.mark.parametrize(("day", "expected"), [(4, "before"), (5, "on"), (6, "after")])
def test_the_default_wording_follows_the_day_of_sending(day: int, expected: str) -> None:
    assert tense(date(2027, 3, 5), date(2027, 3, day)) == expected
