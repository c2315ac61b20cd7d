"""80 years of dates against a look at every day, and against dateutil where it follows the same rule."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from random import Random

import pytest
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule  # type: ignore[import-untyped]

from invoicing.domain.calendar import local_instant
from invoicing.domain.recurring.occurrences import due_instant
from invoicing.domain.recurring.rule import Rule
from invoicing.domain.recurring.timetable import Timetable
from tests.builders import an_account
from tests.domain.recurring.by_day import NAMES, Repeat, anchors, instant
from tests.domain.recurring.plans import a_schedule

YEARS_80 = timedelta(days=80 * 366)
FREQUENCIES = ["daily", "weekly", "monthly", "quarterly", "yearly"]
ZONES = [
    "UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "America/Santiago",
    "America/St_Johns", "Asia/Kathmandu", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Apia",
]  # fmt: skip
HOURS = [time(0), time(0, 30), time(1, 30), time(2, 15), time(2, 30), time(9), time(23, 59)]


def rules(seed: int, count: int) -> list[tuple[Repeat, date]]:
    """Random rules, with days at the end of a month more often than others."""
    random, found = Random(seed), []
    for _ in range(count):
        frequency = random.choice(FREQUENCIES)
        start = date(2024, 1, 1) + timedelta(days=random.randrange(1500))
        if random.random() < 0.5:
            start = (start.replace(day=1) + timedelta(days=62)).replace(day=1) - timedelta(days=random.randrange(1, 5))
        day: int | str | None = None
        if frequency in {"monthly", "quarterly", "yearly"} and random.random() < 0.6:
            days: list[int | str] = ["last", 1, 15, 28, 29, 30, 31, random.randint(1, 31)]
            day = random.choice(days)
        weekday = random.choice([*NAMES, None]) if frequency == "weekly" else None
        found.append((Repeat(frequency, random.choice([1, 1, 1, 2, 3, 5, 12]), day, weekday), start))
    return found


def timetable(repeat: Repeat, start: date, begins: date | None = None) -> Timetable:
    rule = Rule(frequency=repeat.frequency, interval=repeat.interval, day=repeat.day, weekday=repeat.weekday)  # type: ignore[arg-type]
    return Timetable(rule=rule, start_date=start, begins=begins or start)


def dates(found: Timetable, until: date) -> list[date]:
    return [day for index in range(found.last_until(until) + 1) if (day := found.at(index))]


@pytest.mark.parametrize("seed", range(4))
def test_dates_are_those_that_a_look_at_every_day_finds(seed: int) -> None:
    for repeat, start in rules(seed, 10):
        expected = list(anchors(repeat, start, start, start + YEARS_80))
        assert dates(timetable(repeat, start), start + YEARS_80) == expected, (repeat, start)


def test_a_rule_that_begins_later_has_the_dates_that_a_look_at_every_day_finds() -> None:
    random = Random(7)
    for repeat, start in rules(11, 60):
        begins = start + timedelta(days=random.randrange(2000))
        until = begins + timedelta(days=4000)
        expected = list(anchors(repeat, start, begins, until))
        assert dates(timetable(repeat, start, begins), until) == expected, (repeat, start, begins)


def test_the_first_date_on_or_after_a_day_and_the_last_before_it_are_those_of_the_list() -> None:
    random = Random(5)
    for repeat, start in rules(23, 60):
        found, until = timetable(repeat, start), start + timedelta(days=6000)
        listed = dates(found, until)
        for _ in range(50):
            day = start + timedelta(days=random.randrange(-100, 5000))
            on_or_after = sum(each < day for each in listed)
            assert found.on_or_after(day) == on_or_after
            assert found.last_until(day) == sum(each <= day for each in listed) - 1


@pytest.mark.parametrize("day", [28, 29, 30, 31])
@pytest.mark.parametrize("months", [1, 3, 12])
def test_dateutil_agrees_on_days_at_the_end_of_a_month(day: int, months: int) -> None:
    start = date(2027, 1, day)
    frequency = {1: "monthly", 3: "quarterly", 12: "yearly"}[months]
    begin = datetime(2027, 1, day)  # noqa: DTZ001 - civil dates
    rule = rrule(
        MONTHLY, begin, interval=months, until=begin + YEARS_80, bymonthday=list(range(28, day + 1)), bysetpos=-1
    )
    expected = [each.date() for each in rule]
    assert dates(timetable(Repeat(frequency), start), start + YEARS_80) == expected
    assert expected == [start + relativedelta(months=months * number) for number in range(len(expected))]


@pytest.mark.parametrize(("frequency", "rrules"), [("daily", DAILY), ("weekly", WEEKLY)])
@pytest.mark.parametrize("interval", [1, 2, 3])
def test_dateutil_agrees_on_days_and_weeks(frequency: str, rrules: int, interval: int) -> None:
    begin = datetime(2026, 12, 16)  # noqa: DTZ001 - civil dates
    expected = [each.date() for each in rrule(rrules, begin, interval=interval, until=begin + YEARS_80)]
    assert dates(timetable(Repeat(frequency, interval), begin.date()), begin.date() + YEARS_80) == expected


@pytest.mark.parametrize("zone", ZONES)
def test_every_date_has_one_instant_in_eighty_years_of_each_zone(zone: str) -> None:
    random = Random(zone)
    for repeat, start in rules(len(zone), 3):
        at = random.choice(HOURS)
        listed = dates(timetable(repeat, start), start + YEARS_80)
        instants = [local_instant(each, at, zone) for each in listed]
        assert instants == [instant(each, at.hour, at.minute, zone) for each in listed]
        assert all(before < after for before, after in pairwise(instants))


@pytest.mark.parametrize("zone", ZONES)
def test_a_schedule_is_due_at_the_instant_of_its_date(zone: str) -> None:
    account = an_account(time_zone=zone)
    for repeat, start in islice(rules(3, 20), 20):
        found = timetable(repeat, start)
        schedule = a_schedule(repeat.frequency, start.isoformat(), rule=found.rule, next_billing_date=found.at(5))
        day = found.at(5)
        assert day
        assert due_instant(schedule, account) == instant(day, 9, 0, zone)


@pytest.mark.parametrize("billing", ["in_advance", "in_arrears"])
@pytest.mark.parametrize("proration", ["none", "first", "first_and_last"])
def test_periods_tile_the_years(billing: str, proration: str) -> None:
    for repeat, start in rules(31, 40):
        rule = Rule(
            frequency=repeat.frequency,  # type: ignore[arg-type]
            interval=repeat.interval,
            day=repeat.day,  # type: ignore[arg-type]
            weekday=repeat.weekday,  # type: ignore[arg-type]
            billing=billing,  # type: ignore[arg-type]
            proration=proration,  # type: ignore[arg-type]
        )
        found = Timetable(rule=rule, start_date=start, begins=start)
        periods = [found.period(index) for index in range(60)]
        assert all(before.end + timedelta(days=1) == after.start for before, after in pairwise(periods))
        assert periods[0].start >= start
        if proration != "none":
            assert periods[0].start == start
        for index, period in enumerate(periods):
            due = found.at(index)
            assert due == (period.start if billing == "in_advance" else period.end + timedelta(days=1))
            assert found.share(index) is None or index == 0
        assert instant(start, 9, 0, "UTC") == datetime.combine(start, time(9), UTC)
