"""The instant from which a date is due, and the business day that it is moved to."""

from datetime import time
from itertools import islice

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.recurring.drafting import coming
from invoicing.domain.recurring.occurrences import due_instant
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from tests.builders import an_account
from tests.domain.recurring.plans import LONG_AGO, Engine, a_started, at, local


@pytest.mark.parametrize(
    ("zone", "send_at", "day", "expected"),
    [
        ("America/New_York", "02:30", "2027-03-14", "2027-03-14T07:30:00Z"),
        ("America/New_York", "01:30", "2027-11-07", "2027-11-07T05:30:00Z"),
        ("Europe/Berlin", "02:30", "2027-03-28", "2027-03-28T01:30:00Z"),
        ("Europe/Berlin", "02:30", "2027-10-31", "2027-10-31T00:30:00Z"),
        ("Australia/Sydney", "02:30", "2027-10-03", "2027-10-02T16:30:00Z"),
        ("Australia/Lord_Howe", "02:15", "2027-10-03", "2027-10-02T15:45:00Z"),
        ("America/Santiago", "00:30", "2027-09-05", "2027-09-05T04:30:00Z"),
    ],
)
def test_an_hour_that_does_not_exist_or_exists_twice_comes_once(
    zone: str, send_at: str, day: str, expected: str
) -> None:
    account = an_account(time_zone=zone)
    schedule = a_started("daily", day, by=account, send_at=time.fromisoformat(send_at))
    assert due_instant(schedule, account) == at(expected)
    engine = Engine(schedule, account)
    engine.run(local(f"{day}T00:00", zone), local(f"{day}T23:55", zone))
    assert [each.occurrence_date.isoformat() for each in engine.made] == [day]
    assert engine.made[0].issue_date.isoformat() == day


def test_the_local_hour_stays_through_the_year() -> None:
    account = an_account(time_zone="Europe/Vienna")
    schedule = a_started("monthly", "2027-01-15", by=account)
    hours = [each.due_at.hour for each in islice(coming(schedule, account, LONG_AGO), 12)]
    assert hours == [8, 8, 8, 7, 7, 7, 7, 7, 7, 7, 8, 8]


def test_the_account_says_which_day_it_is() -> None:
    account, now = an_account(time_zone="America/Los_Angeles"), at("2027-03-02T07:30:00Z")
    engine = Engine(a_started("monthly", "2027-03-01", by=account), account)
    engine.tick(now)
    assert engine.dates == ["2027-03-01"]
    engine.advance(at("2027-12-31T00:00:00Z"))
    due = {each.occurrence_date.isoformat(): each.due_at for each in engine.made}
    assert due["2027-04-01"] == at("2027-04-01T16:00:00Z")
    assert due["2027-12-01"] == at("2027-12-01T17:00:00Z")


def issued(schedule: RecurringInvoice, count: int, weekend: tuple[str, ...] = ("sat", "sun")) -> dict[str, str]:
    account = an_account(weekend=weekend)
    found = islice(coming(schedule, account, LONG_AGO), count)
    return {each.occurrence_date.isoformat(): each.issue_date.isoformat() for each in found}


def test_a_date_on_a_weekend_is_moved_to_the_next_business_day() -> None:
    dates = issued(a_started("monthly", "2027-02-27", day=27, business_days="next"), 6)
    assert dates["2027-02-27"] == "2027-03-01"
    assert dates["2027-03-27"] == "2027-03-29"
    assert dates["2027-04-27"] == "2027-04-27"
    assert dates["2027-06-27"] == "2027-06-28"


def test_the_last_of_the_month_is_moved_back_or_out_of_the_month() -> None:
    previous = issued(a_started("monthly", "2027-01-01", day="last", business_days="previous"), 12)
    moved = {"2027-01-29", "2027-02-26", "2027-03-31", "2027-07-30", "2027-10-29"}
    assert moved <= set(previous.values())
    following = issued(a_started("monthly", "2027-01-01", day="last", business_days="next"), 2)
    assert list(following.values()) == ["2027-02-01", "2027-03-01"]
    within = issued(a_started("monthly", "2027-01-01", day="last", business_days="modified_next"), 2)
    assert list(within.values()) == ["2027-01-29", "2027-02-26"]
    inside = issued(a_started("monthly", "2027-02-13", business_days="modified_next"), 1)
    assert list(inside.values()) == ["2027-02-15"]


@pytest.mark.parametrize("business_days", ["previous", "modified_next"])
def test_no_invoice_is_dated_before_the_start(business_days: str) -> None:
    dates = issued(a_started("monthly", "2027-01-31", business_days=business_days), 2)
    assert list(dates.values()) == ["2027-01-31", "2027-02-26"]


def test_the_weekend_is_that_of_the_account() -> None:
    schedule = a_started("monthly", "2027-01-01", business_days="next")  # a Friday
    assert issued(schedule, 1) == {"2027-01-01": "2027-01-01"}
    assert issued(schedule, 1, ("fri", "sat")) == {"2027-01-01": "2027-01-03"}
    assert issued(schedule, 1, ("thu", "fri", "sat", "sun", "mon", "tue")) == {"2027-01-01": "2027-01-06"}


def test_there_are_no_holidays() -> None:
    assert issued(a_started("yearly", "2027-01-01", business_days="next"), 1) == {"2027-01-01": "2027-01-01"}


def test_the_end_goes_by_the_nominal_date_and_the_period_too() -> None:
    schedule = a_started("monthly", "2027-01-27", day=27, business_days="next", end_date="2027-02-27")
    first, last = coming(schedule, an_account(), LONG_AGO)
    assert last.issue_date.isoformat() == "2027-03-01"
    assert str(last.period.start) == "2027-02-27"
    assert str(first.period.end) == "2027-02-26"


def test_daily_dates_are_never_moved() -> None:
    with pytest.raises(ValidationFailed, match="business_days"):
        a_started("daily", "2027-01-01", business_days="next")


def test_an_invoice_is_on_time_although_midnight_has_passed() -> None:
    engine = Engine(a_started("monthly", "2027-01-31", send_at=time(23, 58)))
    engine.tick(at("2027-02-01T00:03:00Z"))
    assert engine.made[0].issue_date.isoformat() == "2027-01-31"
