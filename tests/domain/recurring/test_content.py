"""What an invoice has in it: shares of periods that are cut short, and words in its texts."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

import pytest
from babel import localedata
from babel.dates import format_skeleton
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.language import LANGUAGES, language_of
from invoicing.domain.money.adjustments import NewAdjustment, NewDocumentAdjustment
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.rounding import STANDARD, Rounding
from invoicing.domain.money.totals import line_amount
from invoicing.domain.recurring.date_words import date_in_words, month_in_words
from invoicing.domain.recurring.drafting import coming, draft_of
from invoicing.domain.recurring.placeholders import PLACEHOLDERS, with_words
from invoicing.domain.recurring.proration import prorated
from invoicing.domain.recurring.timetable import Share
from invoicing_documents.wording import languages, wording_for
from tests.builders import Ids, a_customer, a_line, an_account
from tests.domain.recurring.plans import LONG_AGO, Engine, a_content, a_started, at


def drafts(count: int, frequency: str, start: str, amount: str, currency: str = "EUR", **rule: Any) -> list[Invoice]:
    account, ids = an_account(currency=currency), Ids()
    schedule = a_started(frequency, start, content=a_content(lines=(a_line(unit_price=amount),)), **rule)
    return [
        draft_of(schedule, occurrence, account, a_customer(), new_id=ids.new_id, now=occurrence.due_at)
        for occurrence in islice(coming(schedule, account, LONG_AGO), count)
    ]


@pytest.mark.parametrize(
    ("rule", "price", "expected", "following"),
    [
        pytest.param("monthly 1 2027-01-20", "310.00 EUR", 12000, "2027-02-01", id="12 of 31 days"),
        pytest.param("monthly 1 2027-01-31", "310.00 EUR", 1000, "2027-02-01", id="one day"),
        pytest.param("monthly 1 2027-02-01", "310.00 EUR", 31000, "2027-03-01", id="a whole month"),
        pytest.param("yearly 1 2028-02-29", "1200.00 EUR", 100656, "2029-01-01", id="307 of 366 days"),
        pytest.param("quarterly 1 2027-05-20", "910.00 EUR", 42000, "2027-07-01", id="42 of 91 days"),
        pytest.param("monthly 15 2027-01-20", "310.00 EUR", 26000, "2027-02-15", id="from 15 to 15"),
        pytest.param("monthly 1 2027-01-20", "10000 JPY", 3871, "2027-02-01", id="yen"),
        pytest.param("monthly 1 2027-01-20", "310.000 KWD", 120000, "2027-02-01", id="dinars"),
        pytest.param("quarterly last 2027-05-20", "91.00 EUR", 4100, "2027-06-30", id="to the last"),
    ],
)
def test_a_first_period_that_is_cut_short_is_charged_by_the_day(
    rule: str, price: str, expected: int, following: str
) -> None:
    frequency, day, start = rule.split()
    amount, currency = price.split()
    anchor = "last" if day == "last" else int(day)
    first, second = drafts(2, frequency, start, amount, currency, day=anchor, proration="first")
    assert (first.total, str(first.issue_date), str(second.issue_date)) == (expected, start, following)
    assert second.total == drafts(1, frequency, following, amount, currency)[0].total


def test_its_period_ends_before_the_first_anchor() -> None:
    schedule = a_started("monthly", "2027-01-20", day=1, proration="first")
    first, second = islice(coming(schedule, an_account(), LONG_AGO), 2)
    assert (str(first.period.start), str(first.period.end), first.share) == ("2027-01-20", "2027-01-31", (12, 31))
    assert (str(second.period.end), second.share) == ("2027-02-28", None)


def test_a_last_period_is_whole_unless_asked() -> None:
    rule: dict[str, Any] = {"day": 1, "end_date": "2027-03-10"}
    whole = drafts(9, "monthly", "2027-01-20", "310.00", proration="first", **rule)
    assert [each.total for each in whole] == [12000, 31000, 31000]
    cut = drafts(9, "monthly", "2027-01-20", "310.00", proration="first_and_last", **rule)
    assert [each.total for each in cut] == [12000, 31000, 10000]
    arrears = drafts(9, "monthly", "2027-01-20", "310.00", proration="first_and_last", billing="in_arrears", **rule)
    assert [(str(each.issue_date), each.total) for each in arrears] == [
        ("2027-02-01", 12000), ("2027-03-01", 31000), ("2027-04-01", 10000),
    ]  # fmt: skip


def test_a_period_can_be_cut_at_both_ends() -> None:
    (only,) = drafts(9, "monthly", "2027-01-20", "310.00", day=1, end_date="2027-01-24", proration="first_and_last")
    assert only.total == 5000


def test_weeks_are_cut_too() -> None:
    first, second = drafts(2, "weekly", "2027-01-06", "70.00", weekday="fri", proration="first")
    assert (first.total, str(second.issue_date), second.total) == (2000, "2027-01-08", 7000)


def test_each_line_is_rounded_once_and_quantities_stay() -> None:
    content = a_content(
        lines=(
            a_line("3", "100", "0.19", discount=Discount(type="fixed", value=Decimal(31))),
            a_line("7", "0.00123", "0.19", price_quantity=Decimal(10)),
            a_line("2", "50", charges=(NewAdjustment(description="c", percentage=Decimal(10)),)),
        ),
        discount=Discount(type="fixed", value=Decimal(62)),
        charges=(NewDocumentAdjustment(description="c", amount=Decimal(31)),),
    )
    found = prorated(content, Share(12, 31), "EUR", STANDARD)
    assert [line.quantity for line in found.lines] == [3, 7, 2]
    amounts = [line_amount(line._replace(discount=None), "EUR") for line in found.lines]
    assert amounts == [11613, 0, 3871]
    assert (found.lines[0].discount, found.discount) == (
        Discount(type="fixed", value=Decimal("12.00")), Discount(type="fixed", value=Decimal("24.00")),
    )  # fmt: skip
    assert (found.charges[0].amount, found.lines[2].charges[0].percentage) == (Decimal(12), Decimal(10))


@given(
    line=st.builds(
        lambda quantity, price, per: a_line(quantity, price, price_quantity=Decimal(per)),
        st.decimals("0.0001", "999999", places=4).map(str),
        st.decimals("-9999", "9999", places=4).map(str),
        st.sampled_from(["1", "100", "0.5"]),
    ),
    share=st.tuples(st.integers(1, 366), st.integers(0, 366)).map(lambda days: Share(days[0], sum(days))),
    currency=st.sampled_from(["EUR", "JPY", "KWD"]),
    rounding=st.sampled_from([STANDARD, Rounding(mode="down"), Rounding(mode="half_even")]),
)
def test_a_line_comes_to_its_share(line: NewLine, share: Share, currency: str, rounding: Rounding) -> None:
    (found,) = prorated(a_content(lines=(line,)), share, currency, rounding).lines
    scale = {"EUR": 100, "JPY": 1, "KWD": 1000}[currency]
    exact = Fraction(line.quantity) * Fraction(line.unit_price) / Fraction(line.price_quantity) * scale
    assert line_amount(found, currency, rounding) == rounding.fraction(exact * share.days / share.of)
    assert -int(found.unit_price.as_tuple().exponent) <= 10
    assert len(found.unit_price.as_tuple().digits) <= 15


def test_a_price_of_a_share_has_no_more_digits_than_can_be_sent_back() -> None:
    """12/31 of 12,345,682.93 are 4,778,974.04; a seventh of that has no end."""
    content = a_content(lines=(a_line("7", "1763668.99"),))
    (line,) = prorated(content, Share(12, 31), "EUR", STANDARD).lines
    assert (line.quantity, line.unit_price) == (Decimal(7), Decimal("682710.577142858"))
    assert line_amount(line, "EUR") == 477897404


HOSTING = "Hosting {{ month }} ({{ period_start }} – {{ period_end }})"


@pytest.mark.parametrize(
    ("billing", "expected"),
    [
        ("in_advance", "Hosting Dezember 2026 (15.12.2026 – 14.01.2027)"),
        ("in_arrears", "Hosting November 2026 (15.11.2026 – 14.12.2026)"),
    ],
)
def test_words_are_those_of_the_period_whenever_it_is_made(billing: str, expected: str) -> None:
    account, now = an_account(locale="de-DE"), at("2027-01-03T10:00:00Z")
    start = {"in_advance": "2026-12-15", "in_arrears": "2026-11-15"}[billing]
    content = a_content(lines=(a_line(description=HOSTING),), notes="{{occurrence}}. Rechnung", email_subject="Hi")
    engine = Engine(a_started("monthly", start, billing=billing, content=content), account)
    engine.tick(now)
    assert engine.dates == ["2026-12-15"]
    invoice = draft_of(engine.schedule, engine.made[0], account, a_customer(), new_id=Ids().new_id, now=now)
    assert (invoice.lines[0].description, invoice.notes, invoice.email_subject) == (expected, "1. Rechnung", "Hi")
    assert invoice.service_period == ServicePeriod(*engine.made[0].period)
    assert (invoice.recurring_id, invoice.id) == ("rec_1", engine.schedule.last_invoice_id)


def test_the_customers_language_counts() -> None:
    (invoice,) = drafts(1, "monthly", "2027-01-01", "1")
    assert invoice.lines[0].description == "Consulting"
    schedule = a_started(content=a_content(lines=(a_line(description="{{ month }}"),)))
    (occurrence,) = islice(coming(schedule, an_account(), LONG_AGO), 1)
    texts = [
        draft_of(
            schedule, occurrence, an_account(locale="de"), a_customer(locale=locale), new_id=Ids().new_id, now=LONG_AGO
        ).lines[0].description
        for locale in ("fr-FR", None, "xx")
    ]  # fmt: skip
    assert texts == ["janvier 2027", "Januar 2027", "January 2027"]


@pytest.mark.parametrize(
    "text", ["{{ mont }}", "{{ month|upper }}", "{{ }}", "{{ month", "{{ {{ month }} }}", "{{ invoice.number }}"]
)
def test_other_words_are_refused(text: str) -> None:
    for content, field in (
        (a_content(notes=text), "notes"),
        (a_content(email_subject=text), "email_subject"),
        (a_content(email_message=text), "email_message"),
        (a_content(lines=(a_line(), a_line(description=text))), "items[1].description"),
    ):
        with pytest.raises(ValidationFailed) as refused:
            a_started(content=content)
        assert [(each.field, each.code) for each in refused.value.details] == [(field, "PLACEHOLDER_UNKNOWN")]


@pytest.mark.parametrize("text", ["100 %", "{% off %}", "{ }}", "{ month }", "{# 1 #}"])
def test_other_braces_are_text(text: str) -> None:
    schedule = a_started(content=a_content(notes=text + "".join(f"{{{{{name}}}}}" for name in PLACEHOLDERS)))
    (occurrence,) = islice(coming(schedule, an_account(), LONG_AGO), 1)
    notes = with_words(schedule.content, occurrence, "en").notes
    assert notes == f"{text}Jan 1, 2027Jan 31, 20271January 2027"


LOCALES = sorted(
    name.replace("_", "-")
    for name in localedata.locale_identifiers()
    if language_of(name) in LANGUAGES and "POLYTON" not in name and "POSIX" not in name
)


@pytest.mark.parametrize("language", languages())
def test_dates_are_written_as_in_documents(language: str) -> None:
    for locale in (each for each in LOCALES if language_of(each) == language):
        wording, formats = wording_for(locale), wording_for(locale).locale
        for month in range(1, 13):
            day = date(2027, month, 7 if month % 2 else 27)
            assert date_in_words(day, locale) == _plain(wording.date(day))
            assert month_in_words(day, locale) == _plain(format_skeleton("yMMMM", day, locale=formats))


def test_dates_have_the_digits_that_a_locale_asks_for() -> None:
    day = date(2027, 1, 7)
    assert date_in_words(day, "ar-EG-u-nu-arab") == "٧ يناير ٢٠٢٧"
    assert month_in_words(day, "ar-EG-u-nu-arab") == "يناير ٢٠٢٧"
    assert date_in_words(day, "th-TH") == "7 ม.ค. 2027"


def _plain(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")
