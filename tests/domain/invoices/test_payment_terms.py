"""Payment terms and the dates of invoices."""

from calendar import isleap
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.payment_terms import EarlyPaymentDiscount, PaymentTerms, invoice_dates, read_terms

TODAY = date(2026, 11, 22)


def dates(**given: Any) -> tuple[date, date]:
    defaults = {"today": TODAY, "issue_date": None, "due_date": None, "payment_terms": "Net 30"}
    return invoice_dates(**defaults | given)


@pytest.mark.parametrize(
    ("wording", "days"),
    [
        ("Net 30", 30),
        ("net 7", 7),
        ("NET 60 DAYS", 60),
        ("  Net  14 days ", 14),
        ("Net30", 30),
        ("Net\u00a030", 30),
        ("Net 0", 0),
        ("Net 999", 999),
        ("14 days", 14),
        ("14Days", 14),
        ("1 day", 1),
        ("Due on receipt", 0),
        ("due  upon receipt", 0),
        ("Immediate", 0),
        ("immediately ", 0),
    ],
)
def test_terms_say_how_many_days(wording: str, days: int) -> None:
    assert read_terms(wording) == PaymentTerms(days)


@pytest.mark.parametrize(
    ("wording", "days"),
    [("EOM", 0), (" eom", 0), ("Net 30 EOM", 30), ("net30eom", 30), ("Net 30 days EOM", 30), ("15 Days Eom", 15)],
)
def test_terms_may_count_from_the_end_of_the_month(wording: str, days: int) -> None:
    assert read_terms(wording) == PaymentTerms(days, end_of_month=True)


@pytest.mark.parametrize(
    ("wording", "percent", "within", "days"),
    [
        ("2/10 Net 30", "2", 10, 30),
        ("1.5 / 14 NET 60 days", "1.5", 14, 60),
        (" 3/7net14", "3", 7, 14),
        ("2/30 Net 30", "2", 30, 30),
        ("99.9999/0 Net 0", "99.9999", 0, 0),
    ],
)
def test_terms_may_grant_a_discount_for_early_payment(wording: str, percent: str, within: int, days: int) -> None:
    discount = EarlyPaymentDiscount(Decimal(percent), within)
    assert read_terms(wording) == PaymentTerms(days, early_payment_discounts=(discount,))


def test_goods_on_delivery_are_paid_at_once() -> None:
    assert read_terms("cod") == read_terms(" COD ") == PaymentTerms(0, on_delivery=True)


@pytest.mark.parametrize(
    "wording",
    [
        "",
        "Whenever",
        "Net",
        "30",
        "Net 1000",
        "Net -5",
        "1000 days",
        "Net 30 or so",
        "EOM Net 30",
        "2/10",
        "2/10 30",
        "2/10 30 days",
        "2/10 EOM",
        "2/10 Net 30 EOM",  # some count its 10 days from the invoice, others from the end of the month
        "2/31 Net 30",
        "0/10 Net 30",
        "100/10 Net 30",
        "-2/10 Net 30",
    ],
)
def test_of_other_wording_nothing_follows(wording: str) -> None:
    assert read_terms(wording) is None


@pytest.mark.parametrize(
    ("wording", "issued", "due"),
    [
        ("14 days", "2026-12-24", "2027-01-07"),
        ("Net 30", "2028-01-30", "2028-02-29"),
        ("Net 30", "2026-01-30", "2026-03-01"),
        ("EOM", "2026-02-01", "2026-02-28"),
        ("EOM", "2028-02-01", "2028-02-29"),
        ("EOM", "2026-12-31", "2026-12-31"),
        ("Net 30", "2027-01-31", "2027-03-02"),
        ("EOM", "2027-01-31", "2027-01-31"),
        ("Net 30 EOM", "2027-01-31", "2027-03-02"),
        ("Net 30 EOM", "2026-01-01", "2026-03-02"),
        ("Net 30 EOM", "2028-01-31", "2028-03-01"),
        ("Net 30 EOM", "2026-02-10", "2026-03-30"),
        ("2/10 Net 30", "2026-11-22", "2026-12-22"),
        ("COD", "2026-11-22", "2026-11-22"),
        ("Due on receipt", "2026-11-22", "2026-11-22"),
    ],
)
def test_the_due_date_follows_from_the_terms(wording: str, issued: str, due: str) -> None:
    issue_date = date.fromisoformat(issued)
    assert dates(issue_date=issue_date, payment_terms=wording) == (issue_date, date.fromisoformat(due))


DAYS = st.dates(date(1900, 1, 1), date(9990, 12, 31))
MONTH_ENDS = DAYS.map(lambda day: day.replace(day=28) + timedelta(days=4)).map(lambda day: day - timedelta(day.day))
LEAP_FEBRUARIES = DAYS.filter(lambda day: isleap(day.year)).map(lambda day: day.replace(month=2, day=29))
ISSUED = DAYS | MONTH_ENDS | MONTH_ENDS.map(lambda day: day + timedelta(days=1)) | LEAP_FEBRUARIES


@given(ISSUED, st.integers(0, 999))
def test_days_are_counted_from_the_day_of_issue(issued: date, days: int) -> None:
    for wording in (f"Net {days}", f"{days} days", f"2/0 net {days}"):
        _, due = dates(issue_date=issued, payment_terms=wording)
        assert due.toordinal() - issued.toordinal() == days


@given(ISSUED, st.integers(0, 999))
@example(date(2100, 2, 1), 0)
@example(date(2000, 2, 29), 0)
def test_days_after_the_end_of_the_month_are_counted_from_its_last_day(issued: date, days: int) -> None:
    _, end = dates(issue_date=issued, payment_terms="EOM")
    assert (end.year, end.month) == (issued.year, issued.month)
    assert (end + timedelta(days=1)).day == 1
    _, due = dates(issue_date=issued, payment_terms=f"Net {days} EOM")
    assert (due - end).days == days


@given(ISSUED, st.sampled_from(["EOM", "Net 0", "Net 30", "30 days EOM", "COD"]))
def test_who_is_billed_later_never_has_to_pay_earlier(issued: date, wording: str) -> None:
    _, due = dates(issue_date=issued, payment_terms=wording)
    _, later = dates(issue_date=issued + timedelta(days=1), payment_terms=wording)
    assert issued <= due <= later


@given(st.from_regex(r"\A(?i:\s?(net ?)?\d{1,3} ?(days?)? ?(eom)?\s?)\Z"))
def test_case_and_spacing_do_not_matter(wording: str) -> None:
    terms = read_terms(wording)
    for other in (wording.upper(), wording.lower(), f"  {wording}\t", "  ".join(wording.split(" "))):
        assert read_terms(other) == terms


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
