"""By how much a clock advances: months and days of the local time, then hours of real length."""

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]
from dateutil.tz import resolve_imaginary  # type: ignore[import-untyped]

from invoicing.domain.test_clocks.period import Period, after, period_of

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("now", "by", "expected"),
    [
        ("2027-02-28T08:00:00Z", "P1M", "2027-03-28T07:00:00Z"),
        ("2027-01-31T12:00:00Z", "P1M", "2027-02-28T12:00:00Z"),
        ("2027-03-27T11:30:00Z", "P1D", "2027-03-28T10:30:00Z"),
        ("2027-03-27T11:30:00Z", "PT24H", "2027-03-28T11:30:00Z"),
        ("2027-03-27T11:30:00Z", "P1DT24H", "2027-03-29T10:30:00Z"),
        ("2028-02-29T08:00:00Z", "P1Y", "2029-02-28T08:00:00Z"),
        ("2027-03-27T01:30:00Z", "P1D", "2027-03-28T01:30:00Z"),
        ("2027-10-30T00:30:00Z", "P1D", "2027-10-31T00:30:00Z"),
        ("2027-10-31T01:30:00Z", "PT1H", "2027-10-31T02:30:00Z"),
        ("2027-12-31T22:59:59.999Z", "PT0.001S", None),
    ],
)
def test_a_month_is_one_of_the_local_calendar(now: str, by: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(ValueError, match="no duration"):
            period_of(by)
    else:
        assert after(instant(now), period_of(by), "Europe/Berlin") == instant(expected)


def test_it_is_what_dateutil_adds_to_the_local_time() -> None:
    chance = Random(27)
    for _ in range(3_000):
        zone = chance.choice(ZONES)
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(60 * 24 * 365 * 3))
        period = Period(chance.randrange(25), chance.randrange(60), timedelta(minutes=chance.randrange(5_000)))
        local = now.astimezone(ZoneInfo(zone))
        moved = (local.replace(fold=0) if period.months or period.days else local) + relativedelta(
            months=period.months, days=period.days
        )
        expected = resolve_imaginary(moved).astimezone(UTC) + period.time
        assert after(now, period, zone) == expected, (now, period, zone)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P1Y2M3W4DT5H6M7S", Period(14, 25, timedelta(hours=5, minutes=6, seconds=7))),
        ("P2W", Period(0, 14)),
        ("PT90M", Period(time=timedelta(minutes=90))),
        ("P0D", Period()),
    ],
)
def test_durations(text: str, period: Period) -> None:
    assert period_of(text) == period


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "1M", "p1m", "P-1M", "P1.5D", "P1H", "PT1D", "P1M1Y", "P٣D", " P1D"]
)
def test_other_texts_are_no_durations(text: str) -> None:
    with pytest.raises(ValueError, match="no duration"):
        period_of(text)


@pytest.mark.parametrize("text", ["P999Y", "P9999M", "P99999D"])
def test_there_is_nothing_after_the_calendar(text: str) -> None:
    assert after(datetime(9999, 6, 1, tzinfo=UTC), period_of(text), "Europe/Berlin") is None
