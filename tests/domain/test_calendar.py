"""Civil dates and due dates."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from invoicing.domain.calendar import days_of_terms, invoice_dates, today
from invoicing.domain.errors import ValidationFailed

TODAY = date(2026, 11, 22)


def dates(**given: Any) -> tuple[date, date]:
    defaults = {"today": TODAY, "issue_date": None, "due_date": None, "payment_terms": "Net 30"}
    return invoice_dates(**defaults | given)


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
    ("terms", "days"),
    [
        ("Net 30", 30),
        ("net 7", 7),
        ("NET 60 DAYS", 60),
        ("  Net  14 days ", 14),
        ("Net30", 30),
        ("Net 0", 0),
        ("Net 999", 999),
        ("Due on receipt", 0),
        ("due upon receipt", 0),
        ("Immediate", 0),
    ],
)
def test_terms_say_how_many_days(terms: str, days: int) -> None:
    assert days_of_terms(terms) == days


@pytest.mark.parametrize("terms", ["", "Whenever", "Net", "Net 1000", "Net -5", "2/10 Net 30", "Net 30 or so"])
def test_unknown_terms_say_nothing(terms: str) -> None:
    assert days_of_terms(terms) is None


def test_an_invoice_is_issued_today_and_due_as_its_terms_say() -> None:
    assert dates() == (TODAY, date(2026, 12, 22))
    assert dates(payment_terms="Due on receipt") == (TODAY, TODAY)
    assert dates(issue_date=date(2028, 2, 1)) == (date(2028, 2, 1), date(2028, 3, 2))


def test_a_due_date_counts_more_than_terms() -> None:
    assert dates(due_date=date(2026, 11, 30)) == (TODAY, date(2026, 11, 30))
    assert dates(due_date=date(2026, 11, 30), payment_terms="Whenever") == (TODAY, date(2026, 11, 30))


def test_an_invoice_due_in_the_past_is_issued_today() -> None:
    assert dates(due_date=date(2024, 2, 29)) == (TODAY, date(2024, 2, 29))


def test_an_imported_invoice_keeps_both_its_dates() -> None:
    given = {"issue_date": date(2024, 1, 1), "due_date": date(2024, 1, 31)}
    assert dates(**given) == (date(2024, 1, 1), date(2024, 1, 31))


def test_an_invoice_may_fall_due_on_the_day_it_is_issued() -> None:
    assert dates(issue_date=TODAY, due_date=TODAY) == (TODAY, TODAY)


def refusal(**given: Any) -> tuple[str, str]:
    with pytest.raises(ValidationFailed) as refused:
        dates(**given)
    (detail,) = refused.value.details
    return detail.field, detail.code


def test_an_invoice_cannot_fall_due_before_it_is_issued() -> None:
    assert refusal(issue_date=TODAY, due_date=date(2026, 11, 21)) == ("due_date", "DATE_INVALID")


def test_terms_nobody_understands_need_a_due_date() -> None:
    assert refusal(payment_terms="Whenever") == ("due_date", "DATE_INVALID")


def test_a_due_date_after_the_last_day_of_the_calendar_is_refused() -> None:
    assert dates(issue_date=date(9999, 12, 1)) == (date(9999, 12, 1), date(9999, 12, 31))
    assert refusal(issue_date=date(9999, 12, 2)) == ("issue_date", "DATE_INVALID")
