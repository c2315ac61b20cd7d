"""Imports of invoices that another system issued: what is booked of them, and what they never cause."""

from datetime import date
from typing import Any

import pytest

from invoicing.domain.credit_notes.crediting import lines_to_credit
from invoicing.domain.imports.data_import import Import, RaisedSeries
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import INVOICES
from invoicing.domain.parties.account import Account
from invoicing.domain.payments.payment import Payment
from invoicing.domain.reminders.state import InvoiceReminders
from invoicing.operations.invoices.create_invoice import create_invoice
from tests.builders import PAGE_URL, a_new_invoice, an_account
from tests.fakes import FakeStore
from tests.operations.imports.importing import Importing, counted
from tests.ticking import tick

HEADER = "invoice_number,customer_id,issue_date,due_date,currency,description,quantity,unit_price,tax_rate"
MORE = HEADER + ",status,amount_paid,paid_date,tax,total"


def a_row(
    number: str, price: str = "100", quantity: str = "1", day: str = "2026-03-01", due: str = "2026-03-31"
) -> str:
    return f"{number},cust_123,{day},{due},USD,Work,{quantity},{price},0.2"


def table(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def invoices(store: FakeStore) -> dict[str, Invoice]:
    return {str(invoice.number): invoice for invoice in store.all(Invoice)}


def run(importing: Importing, *rows: str, header: str = HEADER, **options: Any) -> Import:
    return importing.run(table(*rows, header=header), "invoices", **options)


def test_rows_of_one_number_are_one_invoice_wherever_they_stand(importing: Importing, store: FakeStore) -> None:
    ended = run(importing, a_row("A-7"), a_row("A-8"), a_row("A-7", "50"))
    assert counted(ended) == (3, 0, 0, 0)
    found = invoices(store)
    assert [(len(found[each].lines), found[each].total) for each in ("A-7", "A-8")] == [(2, 18000), (1, 12000)]
    assert (found["A-7"].issue_date, found["A-7"].due_date) == (date(2026, 3, 1), date(2026, 3, 31))


def test_an_invoice_with_a_bad_row_is_not_imported_at_all(importing: Importing, store: FakeStore) -> None:
    ended = run(importing, a_row("A-7"), a_row("A-8"), a_row("A-7", quantity="many"))
    assert counted(ended) == (1, 0, 0, 2)
    assert list(invoices(store)) == ["A-8"]
    assert [(row["error_line"], row["error_code"], row["error_field"]) for row in importing.errors(ended)] == [
        ("2", "OTHER_ROW_FAILED", ""),
        ("4", "AMOUNT_INVALID", "quantity"),
    ]


def test_rows_of_one_invoice_must_not_differ_in_its_own_fields(importing: Importing, store: FakeStore) -> None:
    ended = run(importing, a_row("A-7"), a_row("A-7", due="2026-04-30"), a_row("A-8"), a_row("A-8", due=""))
    assert counted(ended) == (2, 0, 0, 2)
    assert list(invoices(store)) == ["A-8"]
    assert "due_date differs" in importing.errors(ended)[0]["error_message"]


def test_dates_are_never_guessed(importing: Importing, store: FakeStore) -> None:
    ended = run(importing, a_row("A-1", day="09/01/2017"), a_row("A-2", day="24/01/2017"), a_row("A-3", day=""))
    assert (counted(ended), invoices(store)) == ((0, 0, 0, 3), {})
    errors = importing.errors(ended)
    assert [row["error_code"] for row in errors] == ["DATE_INVALID", "DATE_INVALID", "FIELD_REQUIRED"]
    assert "write 2017-01-09" in errors[0]["error_message"]
    said = run(importing, a_row("A-1", day="09/01/2017", due="31/01/2017"), date_format="DD/MM/YYYY")
    assert (counted(said), invoices(store)["A-1"].issue_date) == ((1, 0, 0, 0), date(2017, 1, 9))


@pytest.mark.parametrize(("price", "comma", "total"), [("1.234,56", True, 148147), ("-1.000", True, -120000)])
def test_amounts_are_read_as_the_import_says(
    importing: Importing, store: FakeStore, price: str, *, comma: bool, total: int
) -> None:
    rows = (f"A-1;cust_123;2026-03-01;2026-03-31;USD;Work;1;{price};0,2", "A-1;cust_123;;;;More;1;2.000;0,2")
    header = HEADER.replace(",", ";")
    assert counted(run(importing, *rows, header=header)) == (0, 0, 0, 2)
    assert counted(run(importing, *rows, header=header, decimal="," if comma else ".")) == (2, 0, 0, 0)
    assert invoices(store)["A-1"].total == total + 240000


def test_a_total_is_the_net_under_wrong_separators(importing: Importing, store: FakeStore) -> None:
    ended = run(importing, a_row("A-1", "1.000") + ",,,,,1200", header=MORE)
    (error,) = importing.errors(ended)
    assert (error["error_code"], error["error_value"]) == ("TOTAL_MISMATCH", "1200.00")
    assert "computed as 1.20" in error["error_message"]
    assert not invoices(store)


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (("A-1,cust_123,2026-03-01,,USD,Work,3,3.33,0.25,,,,2.49,12.48",), (249, 1248)),
        (("A-1,cust_123,2026-03-01,,USD,Work,3,3.33,0.25,,,,2.49,",), (249, 1248)),
        (("A-1,cust_123,2026-03-01,,USD,Work,3,3.33,0.25,,,,,12.48",), (249, 1248)),
        (3 * ("A-1,cust_123,2026-03-01,,USD,Work,1,3.33,0.25,,,,2.49,12.48",), (249, 1248)),
        (("A-1,cust_123,2026-03-01,,USD,Work,3,3.33,0.25,,,,2.50,12.49",), (250, 1249)),
    ],
)
def test_figures_of_the_other_system_are_kept(
    importing: Importing, store: FakeStore, rows: tuple[str, ...], kept: tuple[int, int]
) -> None:
    ended = run(importing, *rows, header=MORE)
    assert counted(ended) == (len(rows), 0, 0, 0)
    invoice = invoices(store)["A-1"]
    assert (invoice.tax, invoice.total) == kept
    assert sum(line.tax for line in invoice.lines) == sum(group.tax for group in invoice.tax_breakdown) == kept[0]
    assert sum(line.total for line in invoice.lines) == kept[1]
    (entry,) = store.all(LedgerEntry)
    assert entry.amount == kept[1]
    assert [warning.code for warning in ended.warnings] == ["FIGURES_KEPT"] * (kept[0] == 249)


@pytest.mark.parametrize("figures", ["2.48,12.47", "2.49,12.49", "2.51,12.48", ",12.51", "0,"])
def test_other_figures_are_refused(importing: Importing, store: FakeStore, figures: str) -> None:
    ended = run(importing, f"A-1,cust_123,2026-03-01,,USD,Work,3,3.33,0.25,,,,{figures}", header=MORE)
    assert [row["error_code"] for row in importing.errors(ended)] == ["TOTAL_MISMATCH"]
    assert not invoices(store)


def test_states_and_payments_are_booked_at_their_dates(importing: Importing, store: FakeStore) -> None:
    rows = (
        a_row("A-1", due="2026-12-31") + ",sent,0,,,",
        a_row("A-2") + ",paid,,2026-04-02,,",
        a_row("A-3", due="2026-12-31") + ",partially_paid,50,2026-04-03,,",
        a_row("A-4") + ",cancelled,,,,",
        a_row("A-5") + ",,,,,",
    )
    assert counted(run(importing, *rows, header=MORE)) == (5, 0, 0, 0)
    found = invoices(store)
    assert [(str(each.status), each.amount_due) for each in found.values()] == [
        ("sent", 12000),
        ("paid", 0),
        ("partially_paid", 7000),
        ("cancelled", 0),
        ("overdue", 12000),
    ]
    assert (found["A-2"].paid_date, found["A-2"].version) == (date(2026, 4, 2), 1)
    assert sorted((entry.date.isoformat(), entry.amount) for entry in store.all(LedgerEntry)) == [
        *[("2026-03-01", -12000), *[("2026-03-01", 12000)] * 5],
        ("2026-04-02", -12000),
        ("2026-04-03", -5000),
    ]
    assert [payment.payment_date.isoformat() for payment in store.all(Payment)] == ["2026-04-02", "2026-04-03"]


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("paid,,,,", "FIELD_REQUIRED"),
        ("paid,50,2026-04-01,,", "STATUS_MISMATCH"),
        ("sent,50,2026-04-01,,", "STATUS_MISMATCH"),
        ("cancelled,50,2026-04-01,,", "STATUS_MISMATCH"),
        (",150,2026-04-01,,", "AMOUNT_EXCEEDS_DUE"),
        (",50,2031-04-01,,", "DATE_INVALID"),
        ("draft,,,,", "VALUE_INVALID"),
    ],
)
def test_states_that_cannot_be(importing: Importing, store: FakeStore, end: str, code: str) -> None:
    ended = run(importing, f"{a_row('A-1')},{end}", header=MORE)
    assert [row["error_code"] for row in importing.errors(ended)] == [code]
    assert (invoices(store), store.all(LedgerEntry)) == ({}, [])


def test_several_payments_of_json_lines(importing: Importing, store: FakeStore) -> None:
    row = """{"invoice_number": "A-1", "customer_id": "cust_123", "issue_date": "2026-03-01", "currency": "USD",
        "items": [{"description": "Work", "quantity": 1, "unit_price": 100}], "payments": [
        {"amount": 30, "payment_date": "2026-03-02"},
        {"amount": 70, "payment_date": "2026-03-05", "reference": "x"}]}"""
    data = " ".join(row.split()) + "\n"
    first, again = (importing.run(data, "invoices", format="jsonl") for _ in range(2))
    assert (counted(first), counted(again)) == ((1, 0, 0, 0), (0, 0, 1, 0))
    (invoice,) = store.all(Invoice)
    assert (str(invoice.status), invoice.amount_paid, invoice.paid_date) == ("paid", 10000, date(2026, 3, 5))
    assert len({entry.id for entry in store.all(LedgerEntry)}) == 3


def test_the_same_file_again_is_skipped_and_another_row_of_a_number_fails(
    importing: Importing, store: FakeStore
) -> None:
    rows = [a_row("A-1"), a_row("A-2"), a_row("A-1", "7")]
    run(importing, *rows)
    before = invoices(store)
    assert counted(run(importing, *rows)) == (0, 0, 3, 0)
    ended = run(importing, rows[0], a_row("A-2", "101"), rows[2])
    assert counted(ended) == (0, 0, 2, 1)
    assert [row["error_code"] for row in importing.errors(ended)] == ["DUPLICATE_INVOICE_NUMBER"]
    assert invoices(store) == before


def test_the_next_number_follows_the_highest_imported_one(importing: Importing, store: FakeStore) -> None:
    numbers = [*range(1, 42), 50]
    rows = [a_row(f"INV-2026-{number:03}") for number in numbers] + [a_row("INV-2025-900"), a_row("X-99")]
    dry = run(importing, *rows, dry_run=True)
    assert not store.all(NumberSeries)
    ended = run(importing, *rows)
    assert dry.raised == ended.raised
    assert ended.raised == (
        RaisedSeries(INVOICES, "2025", 901, "INV-2025-901"),
        RaisedSeries(INVOICES, "2026", 51, "INV-2026-051"),
    )
    new = a_new_invoice()
    issued = importing.office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
    assert issued.number == "INV-2026-051"
    (series,) = store.all(NumberSeries)
    assert series.skipped["2026"] == ((1, 50),)


def test_nothing_is_said_to_customers(importing: Importing, store: FakeStore) -> None:
    ended = run(importing, a_row("A-1"))
    events = [event for event in store.events.values() if event.resource_id != ended.id]
    assert [event.type for event in sorted(events, key=lambda event: event.id)] == [
        "invoice.created",
        "invoice.sent",
        "invoice.overdue",
    ]
    assert {(event.actor.type, event.actor.id) for event in events} == {("import", ended.id)}
    assert not [event for event in events if event.data.get("email_requested")]
    (invoice,) = store.all(Invoice)
    assert (invoice.next_late_fee, invoice.next_overdue_at) == (None, None)
    (reminders,) = store.all(InvoiceReminders)
    assert (reminders.override.enabled, reminders.next_at) == (False, None)
    assert tick(importing.office, store) == []


def test_books_that_are_locked_stay_as_they_are(importing: Importing, store: FakeStore) -> None:
    store.keep(an_account(books_locked_until=date(2026, 3, 15)))
    ended = run(importing, a_row("A-1"), a_row("A-2", day="2026-03-16") + "", header=HEADER)
    assert counted(ended) == (1, 0, 0, 1)
    assert [row["error_code"] for row in importing.errors(ended)] == ["PERIOD_LOCKED"]


def test_a_lock_that_comes_in_between_counts(importing: Importing, store: FakeStore) -> None:
    begun = importing.begin(table(a_row("A-1")), "invoices")
    original = store.commit

    def lock_first(*arguments: Any) -> None:
        if any(isinstance(save.entity, Invoice) for save in arguments[0].saves) and not locked:
            locked.append(True)
            (account,) = store.all(Account)
            store.keep(an_account(version=account.version + 1, books_locked_until=date(2026, 3, 15)))
        original(*arguments)

    locked: list[bool] = []
    store.commit = lock_first  # type: ignore[method-assign,assignment]
    importing.slice()
    assert (counted(importing.read(begun.id)), store.all(Invoice)) == ((0, 0, 0, 1), [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (a_row("A-1").replace("cust_123", "cust_no"), "INVALID_CUSTOMER"),
        (a_row("A-1", day="2031-01-01", due="2031-01-01"), "DATE_INVALID"),
        (a_row("A-1").replace("USD", "XXQ"), "CURRENCY_INVALID"),
        (a_row(""), "FIELD_REQUIRED"),
        (a_row("A-1") + ",more", "ROW_INVALID"),
    ],
)
def test_rows_that_are_wrong(importing: Importing, row: str, code: str) -> None:
    ended = run(importing, row, a_row("A-9"))
    assert counted(ended) == (1, 0, 0, 1)
    assert [error["error_code"] for error in importing.errors(ended)] == [code]


@pytest.mark.parametrize("included", ["false", "true"])
@pytest.mark.parametrize("tax", ["2.49", "2.50", "2.51"])
def test_what_was_kept_can_be_credited_to_the_last_unit(
    importing: Importing, store: FakeStore, tax: str, included: str
) -> None:
    row = f"A-1,cust_123,2026-03-01,,USD,Work,3,{'3.33' if included == 'false' else '4.1625'},0.25,{tax},{included}"
    assert counted(run(importing, row, header=f"{HEADER},tax,prices_include_tax")) == (1, 0, 0, 0)
    (invoice,) = store.all(Invoice)
    lines = lines_to_credit(invoice, None)
    assert sum(line.total for line in lines) == invoice.total
    assert invoice.tax == int(tax.replace(".", ""))
    assert invoice.subtotal + invoice.tax == invoice.total
