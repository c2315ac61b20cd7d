"""Bookings in DATEV's format, to the byte."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from invoicing.api.exports.datev import COLUMNS
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.exports.export import Export
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.invoices.create_invoice import create_invoice
from tests.books import issue, pay
from tests.builders import PAGE_URL, a_customer, a_line, a_new_invoice, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.exports.exporting import Exporting

YEAR = date(2026, 1, 1), date(2026, 12, 31)
REST = b";" * 111
"""The columns behind the text of a booking, all empty."""


@pytest.fixture
def exporting() -> Exporting:
    store = FakeStore()
    store.keep(an_account(currency="EUR", time_zone="Europe/Berlin"))
    store.keep(a_customer(name='Müller "& Söhne"; Köln\n€'))
    return Exporting(Office(store, now=datetime(2026, 3, 9, 12, tzinfo=UTC)), store)


def worked_example(exporting: Exporting, currency: str = "EUR", rate: str | None = None) -> None:
    """1,000.00 at 19 % and 100.00 at 7 %, paid, and a credit note of the part at 7 %."""
    office = exporting.office
    new = a_new_invoice(
        a_line("1", "1000", "0.19"),
        a_line("1", "100", "0.07"),
        currency=currency,
        exchange_rate=Decimal(rate) if rate else None,
        number="RE 2026/1",
    )
    invoice = office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
    office.now = datetime(2026, 3, 30, 22, 30, tzinfo=UTC)  # the day after, in Berlin
    pay(office, invoice, "1297")
    credited = NewCreditNote(reason="Returned", items=(CreditItem(invoice.lines[1].id, Decimal(1)),))
    office.run_use_case(lambda uow: create_credit_note(uow, invoice.id, credited, page_url=PAGE_URL))


def bookings(exporting: Exporting, **options: object) -> tuple[Export, list[bytes]]:
    ended = exporting.run("ledger", "datev", period=YEAR, **options)
    return ended, exporting.file(ended).split(b"\r\n")


def test_the_worked_example_to_the_byte(exporting: Exporting) -> None:
    worked_example(exporting)
    ended, (about, columns, *lines, end) = bookings(exporting, consultant_number=29098, client_number=55003)
    assert about == (
        b'"EXTF";700;21;"Buchungsstapel";13;20260330223000000;;"RE";"";"";29098;55003;20260101;4;20260101;20261231;'
        b'"Rechnungsausgang";"";1;0;0;"EUR";;"";;;"03";;;"";""'
    )
    assert columns.decode("windows-1252").split(";") == list(COLUMNS)
    assert len(COLUMNS) == 125
    text = '"Müller ""& Söhne""; Köln €"'.encode("windows-1252")
    assert lines == [
        b'1190,00;"S";"EUR";;;;1400;8400;;0903;"RE2026/1";;;' + text + REST,
        b'107,00;"S";"EUR";;;;1400;8300;;0903;"RE2026/1";;;' + text + REST,
        b'1297,00;"H";"EUR";;;;1400;1200;;3103;"RE2026/1";;;' + text + REST,
        b'107,00;"H";"EUR";;;;1400;8300;;3103;"CN-2026-001";;;' + text + REST,
    ]
    assert end == b""
    assert {(line.count(b";") - line.count(b'"; K')) for line in lines} == {124}
    assert [(total.rows, total.amounts) for total in ended.totals] == [(4, {"debit": 129_700, "credit": 140_400})]


def test_a_foreign_currency_has_its_rate_and_its_amount_in_the_books_currency(exporting: Exporting) -> None:
    worked_example(exporting, "USD", "1.25")
    _, (_, _, *lines, _) = bookings(exporting)
    assert lines[0].startswith(b'1190,00;"S";"USD";1,250000;952,00;"EUR";1400;8400;')
    assert lines[1].startswith(b'107,00;"S";"USD";1,250000;85,60;"EUR";1400;8300;')


@pytest.mark.parametrize(
    ("currency", "rate", "begins"),
    [
        ("IDR", "9999.999999", b'1190,00;"S";"IDR";9999,999999;0,12;"EUR";'),
        ("IDR", "19000", b'0,06;"S";"EUR";;;;'),
        ("USD", "0.0000001", b'11900000000,00;"S";"EUR";;;;'),
        ("USD", "0.000001", b'1190,00;"S";"USD";0,000001;1190000000,00;"EUR";'),
        ("IDR", "0", b'1190,00;"S";"IDR";;;;'),
    ],
    ids=["the highest rate", "above it", "below the least", "the least", "none"],
)
def test_a_rate_that_datev_has_no_room_for(exporting: Exporting, currency: str, rate: str, begins: bytes) -> None:
    worked_example(exporting, currency, rate if Decimal(rate) else None)
    assert bookings(exporting)[1][2].startswith(begins)


def test_a_foreign_amount_that_datev_has_no_room_for(exporting: Exporting) -> None:
    """Some 600,000 euros in rupiah."""
    for price in ("9999999999.99", "10000000000"):
        issue(exporting.office, price, currency="IDR", exchange_rate=Decimal(9000))
    _, (_, _, *lines, _) = bookings(exporting)
    assert [line.split(b";1400;")[0] for line in lines] == [
        b'9999999999,99;"S";"IDR";9000,000000;1111111,11;"EUR"',
        b'1111111,11;"S";"EUR";;;',
    ]


def test_accounts_of_another_chart(exporting: Exporting) -> None:
    worked_example(exporting)
    accounts = {"receivables": "12000", "revenue_19": "44000", "revenue_7": "43000", "bank": "18000"}
    _, (about, _, *lines, _) = bookings(exporting, accounts=accounts)
    assert about.split(b";")[13] == b"5"
    assert about.split(b";")[26] == b'""'
    assert [line.split(b";")[6:8] for line in lines] == [
        [b"12000", b"44000"],
        [b"12000", b"43000"],
        [b"12000", b"18000"],
        [b"12000", b"43000"],
    ]


def test_what_windows_1252_lacks_and_what_is_too_long(exporting: Exporting) -> None:
    exporting.store.keep(a_customer(name="Ąžuolas " * 20))
    worked_example(exporting)
    _, (_, _, first, *_) = bookings(exporting)
    text = first.split(b";")[13]
    assert text == b'"' + ("?" + "žuolas ").encode("windows-1252") * 7 + b'?\x9euo"'


def test_a_letter_keeps_its_mark_however_it_was_typed(exporting: Exporting) -> None:
    exporting.store.keep(a_customer(name="Mu\u0308ller"))
    worked_example(exporting)
    assert bookings(exporting)[1][2].split(b";")[13] == '"Müller"'.encode("windows-1252")


def test_nothing_is_booked_where_the_balance_stays(exporting: Exporting) -> None:
    issued = a_new_invoice(a_line("1", "0", "0.19"))
    exporting.office.run_use_case(lambda uow: create_invoice(uow, issued, send_email=True, page_url=PAGE_URL))
    assert bookings(exporting)[0].rows == 0


def test_the_same_bookings_as_a_table(exporting: Exporting) -> None:
    worked_example(exporting)
    ended = exporting.run("ledger", "accounting", period=YEAR, decimal=",", delimiter=";")
    rows = exporting.table(ended)
    assert [(row["debit_account"], row["credit_account"], row["amount"], row["tax"]) for row in rows] == [
        ("1400", "8400", "1190,00", "190,00"),
        ("1400", "8300", "107,00", "7,00"),
        ("1200", "1400", "1297,00", ""),
        ("8300", "1400", "107,00", "7,00"),
    ]
    assert [(row["document"], row["tax_rate"], row["base_amount"]) for row in rows[:2]] == [
        ("RE 2026/1", "0,19", "1190,00"),
        ("RE 2026/1", "0,07", "107,00"),
    ]
