"""Civil dates in time zones."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.calendar import end_of_day, local_instant, months_after, start_of_day, today
from tests.examples import TIME_ZONES


@pytest.mark.parametrize(
    ("time_zone", "civil_date"),
    [
        ("UTC", date(2026, 11, 22)),
        ("Asia/Tokyo", date(2026, 11, 23)),
        ("America/New_York", date(2026, 11, 22)),
        ("Pacific/Kiritimati", date(2026, 11, 23)),
        ("Pacific/Pago_Pago", date(2026, 11, 22)),
    ],
)
def test_at_half_past_eleven_utc_it_is_tomorrow_east_of_greenwich(time_zone: str, civil_date: date) -> None:
    assert today(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), time_zone) == civil_date


def test_daylight_saving_moves_midnight() -> None:
    assert today(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "Europe/Berlin") == date(2026, 7, 2)
    assert today(datetime(2026, 12, 1, 22, 30, tzinfo=UTC), "Europe/Berlin") == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("instant", "months", "later"),
    [
        (datetime(2026, 11, 26, 9, 30, 0, 1, UTC), 13, datetime(2027, 12, 26, 9, 30, 0, 1, UTC)),
        (datetime(2027, 1, 31, tzinfo=UTC), 13, datetime(2028, 2, 29, tzinfo=UTC)),
        (datetime(2026, 1, 31, tzinfo=UTC), 13, datetime(2027, 2, 28, tzinfo=UTC)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), 12, datetime(2027, 12, 31, 23, 59, tzinfo=UTC)),
        (datetime(2026, 12, 1, tzinfo=UTC), 1, datetime(2027, 1, 1, tzinfo=UTC)),
        (datetime(2026, 5, 31, tzinfo=UTC), 0, datetime(2026, 5, 31, tzinfo=UTC)),
    ],
)
def test_months_end_where_a_month_is_too_short(instant: datetime, months: int, later: datetime) -> None:
    assert months_after(instant, months) == later


@pytest.mark.parametrize(
    ("time_zone", "local", "instant"),
    [
        ("America/New_York", "2027-03-14T02:30", "2027-03-14T07:30:00Z"),
        ("America/New_York", "2027-11-07T01:30", "2027-11-07T05:30:00Z"),
        ("Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:30:00Z"),
        ("Europe/Berlin", "2027-10-31T02:30", "2027-10-31T00:30:00Z"),
        ("Australia/Sydney", "2027-10-03T02:30", "2027-10-02T16:30:00Z"),
        ("Australia/Lord_Howe", "2027-10-03T02:15", "2027-10-02T15:45:00Z"),
        ("America/Santiago", "2027-09-05T00:30", "2027-09-05T04:30:00Z"),
        ("Europe/Vienna", "2027-07-15T09:00", "2027-07-15T07:00:00Z"),
    ],
)
def test_an_hour_that_does_not_exist_comes_after_the_gap_and_one_that_exists_twice_is_the_first(
    time_zone: str, local: str, instant: str
) -> None:
    at = datetime.fromisoformat(local)
    assert local_instant(at.date(), at.time(), time_zone) == datetime.fromisoformat(instant)
    assert local_instant(at.date(), at.time().replace(fold=1), time_zone) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    ("time_zone", "ends"),
    [
        ("Pacific/Kiritimati", "2027-01-31T10:00Z"),
        ("Pacific/Chatham", "2027-01-31T10:15Z"),
        ("Pacific/Apia", "2027-01-31T11:00Z"),
        ("Australia/Sydney", "2027-01-31T13:00Z"),
        ("Asia/Kathmandu", "2027-01-31T18:15Z"),
        ("UTC", "2027-02-01T00:00Z"),
        ("Pacific/Honolulu", "2027-02-01T10:00Z"),
        ("Pacific/Pago_Pago", "2027-02-01T11:00Z"),
    ],
)
def test_one_day_ends_at_midnights_25_hours_apart(time_zone: str, ends: str) -> None:
    assert end_of_day(date(2027, 1, 31), time_zone) == datetime.fromisoformat(ends)


@pytest.mark.parametrize(
    ("time_zone", "day", "ends"),
    [
        ("Pacific/Apia", date(2011, 12, 29), "2011-12-30T10:00Z"),
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30T10:00Z"),
        ("America/Santiago", date(2027, 9, 4), "2027-09-05T04:00Z"),
        ("America/Santiago", date(2027, 4, 3), "2027-04-04T04:00Z"),
        ("America/Havana", date(2027, 3, 13), "2027-03-14T05:00Z"),
        ("America/Havana", date(2027, 11, 6), "2027-11-07T04:00Z"),
        ("America/St_Johns", date(2010, 11, 6), "2010-11-07T02:30Z"),
    ],
    ids=[
        "before a skipped day",
        "a skipped day",
        "no midnight",
        "23:00 twice",
        "no midnight",
        "00:00 twice",
        "00:00 too",
    ],
)
def test_a_day_ends_at_the_first_instant_after_it(time_zone: str, day: date, ends: str) -> None:
    assert end_of_day(day, time_zone) == datetime.fromisoformat(ends)


@given(
    st.sampled_from(TIME_ZONES),
    st.dates(date(1972, 1, 1), date(2100, 12, 31)),
)
def test_in_every_time_zone_a_day_has_ended_at_that_instant_and_at_none_before(time_zone: str, day: date) -> None:
    ends = end_of_day(day, time_zone)
    assert today(ends, time_zone) > day
    assert all(today(ends - timedelta(minutes=minutes, seconds=1), time_zone) <= day for minutes in range(0, 1600, 5))
    assert start_of_day(day + timedelta(days=1), time_zone) == ends


@pytest.mark.parametrize(
    ("time_zone", "begins"), [("Asia/Tokyo", "0001-01-01T00:00Z"), ("America/New_York", "0001-01-01T04:56:02Z")]
)
def test_the_first_of_all_days_begins_at_the_first_of_all_instants(time_zone: str, begins: str) -> None:
    assert start_of_day(date.min, time_zone) == datetime.fromisoformat(begins)


def test_the_last_of_all_days_never_ends() -> None:
    assert end_of_day(date.max, "Pacific/Kiritimati") == datetime.max.replace(tzinfo=UTC)
    assert end_of_day(date.max - timedelta(days=1), "UTC") == datetime(9999, 12, 31, tzinfo=UTC)
