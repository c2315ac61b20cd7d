"""Civil dates in time zones."""

from datetime import UTC, date, datetime

import pytest

from invoicing.domain.calendar import today


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
