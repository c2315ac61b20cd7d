"""Civil dates in time zones."""

from datetime import UTC, date, datetime

import pytest

from invoicing.domain.calendar import months_after, today


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
