"""The nominal dates of recurring invoices, their periods, and how far they are from the dates before."""

import time
from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.errors import ValidationFailed
from tests.domain.recurring.plans import a_schedule, a_started, day, first_dates


@pytest.mark.parametrize(
    ("frequency", "start", "rule", "expected"),
    [
        pytest.param(
            "quarterly", "2026-11-30", {},
            "2026-11-30 2027-02-28 2027-05-30 2027-08-30 2027-11-30 2028-02-29 2028-05-30 2028-08-30",
            id="short months are not skipped",
        ),
        pytest.param(
            "monthly", "2026-09-30", {},
            "2026-09-30 2026-10-30 2026-11-30 2026-12-30 2027-01-30 2027-02-28 2027-03-30",
            id="the 30th is not the last",
        ),
        pytest.param(
            "monthly", "2026-09-30", {"day": "last"},
            "2026-09-30 2026-10-31 2026-11-30 2026-12-31 2027-01-31 2027-02-28 2027-03-31",
            id="the last of each month",
        ),
        pytest.param("monthly", "2027-02-28", {}, "2027-02-28 2027-03-28 2027-04-28", id="nor is the 28th"),
        pytest.param(
            "monthly", "2027-01-31", {},
            "2027-01-31 2027-02-28 2027-03-31 2027-04-30 2027-05-31 2027-06-30 2027-07-31 2027-08-31",
            id="no drift after february",
        ),
        pytest.param(
            "monthly", "2026-10-25", {"day": "last"}, "2026-10-31 2026-11-30 2026-12-31",
            id="the first is the first anchor: the last of the month",
        ),
        pytest.param("monthly", "2026-10-25", {"day": 15}, "2026-11-15 2026-12-15", id="an anchor in the next month"),
        pytest.param("quarterly", "2026-10-25", {"day": 15}, "2026-11-15 2027-02-15 2027-05-15", id="quarters from it"),
        pytest.param("yearly", "2027-02-01", {"day": "last"}, "2027-02-28 2028-02-29 2029-02-28", id="last, yearly"),
        pytest.param(
            "weekly", "2026-12-16", {"interval": 2}, "2026-12-16 2026-12-30 2027-01-13 2027-01-27 2027-02-10",
            id="every other week across week 53",
        ),
        pytest.param(
            "weekly", "2026-12-16", {"interval": 2, "weekday": "mon"}, "2026-12-21 2027-01-04 2027-01-18",
            id="every other monday, from the first",
        ),
        pytest.param(
            "yearly", "2024-02-29", {}, "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29 2029-02-28",
            id="29 february comes back",
        ),
        pytest.param("yearly", "2096-02-29", {"interval": 4}, "2096-02-29 2100-02-28 2104-02-29", id="2100 is no leap"),
        pytest.param("yearly", "2027-02-15", {}, "2027-02-15 2028-02-15", id="the start chooses the month"),
        pytest.param("daily", "2028-02-28", {"interval": 1}, "2028-02-28 2028-02-29 2028-03-01", id="daily"),
        pytest.param("monthly", "2027-01-31", {"interval": 13}, "2027-01-31 2028-02-29 2029-03-31", id="13 months"),
    ],
)  # fmt: skip
def test_dates_come_from_the_start(frequency: str, start: str, rule: dict[str, Any], expected: str) -> None:
    dates = expected.split()
    assert first_dates(a_started(frequency, start, **rule), len(dates)) == dates


def periods(frequency: str, start: str, count: int, **rule: Any) -> list[str]:
    timetable = a_schedule(frequency, start, **rule).timetable
    return [f"{period.start}…{period.end}" for period in map(timetable.period, range(count))]


def test_periods_end_on_the_day_before_the_next_nominal_date() -> None:
    assert periods("monthly", "2028-01-30", 4) == [
        "2028-01-30…2028-02-28",
        "2028-02-29…2028-03-29",
        "2028-03-30…2028-04-29",
        "2028-04-30…2028-05-29",
    ]
    assert periods("yearly", "2024-02-29", 5)[2:] == [
        "2026-02-28…2027-02-27",
        "2027-02-28…2028-02-28",
        "2028-02-29…2029-02-27",
    ]


def test_in_arrears_a_date_is_for_the_period_before_it() -> None:
    timetable = a_schedule("monthly", "2026-10-15", billing="in_arrears").timetable
    assert timetable.at(0) == day("2026-11-15")
    assert timetable.period(1) == (day("2026-11-15"), day("2026-12-14"))
    assert timetable.at(1) == day("2026-12-15")


def test_in_arrears_the_last_period_is_billed_after_the_end() -> None:
    schedule = a_started("monthly", "2027-01-01", billing="in_arrears", end_date="2027-03-31")
    assert first_dates(schedule, 9) == ["2027-02-01", "2027-03-01", "2027-04-01"]


def test_the_end_is_included() -> None:
    assert first_dates(a_started("monthly", "2024-02-29", end_date="2024-06-30"), 9) == [
        "2024-02-29", "2024-03-29", "2024-04-29", "2024-05-29", "2024-06-29",
    ]  # fmt: skip
    last = a_started("monthly", "2027-04-10", day="last", end_date="2027-06-30")
    assert first_dates(last, 9) == ["2027-04-30", "2027-05-31", "2027-06-30"]


@pytest.mark.parametrize("billing", ["in_advance", "in_arrears"])
def test_an_end_before_the_first_anchor_is_refused(billing: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        a_started("monthly", "2026-10-25", day=15, end_date="2026-11-14", billing=billing)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("end_date", "DATE_INVALID")]
    assert "2026-11-15" in refused.value.message


def test_a_timetable_ends_before_the_calendar_does() -> None:
    assert first_dates(a_started("yearly", "9996-05-31"), 9) == ["9996-05-31", "9997-05-31", "9998-05-31"]
    arrears = a_started("yearly", "9996-05-31", billing="in_arrears")
    assert first_dates(arrears, 9) == ["9997-05-31", "9998-05-31"]


@pytest.mark.parametrize("frequency", ["daily", "weekly", "monthly", "quarterly", "yearly"])
def test_a_date_in_eighty_years_is_found_at_once(frequency: str) -> None:
    timetable = a_schedule(frequency, "2026-01-31").timetable
    begin = time.process_time()
    for days in range(1000):
        found = timetable.at(timetable.on_or_after(day("2106-01-01") + timedelta(days=days)))
        assert found is not None
        assert found >= day("2106-01-01")
    assert time.process_time() - begin < 1
