"""What is in an export: each entity of its period once, as the API shows it, with totals that prove it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.exports.export import Export, ExportRun
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.operations.exports import _job, _reading
from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_summary_report import get_summary_report
from tests.books import credit_note, issue, pay
from tests.builders import NOW, a_credit_note, a_customer, a_payment, an_account, an_event
from tests.fake_report_totals import FakeReportTotals
from tests.fakes import FakeStore
from tests.operations.exports.exporting import MARCH, Exporting
from tests.operations.reports.reporting import post_all

BERLIN = "Europe/Berlin"


def totals(export: Export) -> dict[str, tuple[int, dict[str, int]]]:
    return {total.currency: (total.rows, dict(total.amounts)) for total in export.totals}


def test_thousands_of_invoices_each_once_in_pages_that_are_all_that_is_held(
    exporting: Exporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = exporting.issue(2_500)
    held: list[int] = []
    parts: list[int] = []
    read_page, upload_part = _reading.read_page, exporting.objects.upload_part

    def read(*given: Any) -> _reading.Page:
        page = read_page(*given)
        held.append(len(page.entities))
        return page

    def upload(*given: Any) -> str:
        parts.append(len(given[3]))
        return upload_part(*given)

    monkeypatch.setattr(_job, "read_page", read)
    monkeypatch.setattr(_job, "SMALLEST_PART", 100_000)
    monkeypatch.setattr(type(exporting.objects), "smallest_part", 100_000)
    monkeypatch.setattr(exporting.objects, "upload_part", upload)
    ended = exporting.run()
    numbers = [row["invoice_number"] for row in exporting.table(ended)]
    assert sorted(numbers) == sorted(str(invoice.number) for invoice in made)
    assert totals(ended) == {"USD": (2_500, {"subtotal": 2_500_000, "tax": 475_000, "total": 2_975_000})}
    assert (len(held), max(held)) == (25, _reading.AT_A_TIME)
    assert len(parts) > 5
    assert max(parts) < 200_000


def test_both_dates_are_included_and_drafts_are_not(exporting: Exporting, store: FakeStore) -> None:
    days = (date(2026, 2, 28), *MARCH, date(2026, 4, 1))
    (one,) = exporting.issue(1)
    store.keep(*(replace(one, id=f"inv_{day}", number=f"N-{day}", issue_date=day) for day in days))
    store.keep(replace(one, id="inv_draft", number=None, sent_at=None, status=Status.DRAFT))
    rows = exporting.table(exporting.run())
    assert [row["issue_date"] for row in rows] == ["2026-03-01", "2026-03-01", "2026-03-31"]


def test_what_is_issued_while_it_runs_is_not_in_it(exporting: Exporting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_reading, "AT_A_TIME", 5)
    exporting.issue(20)
    begun = exporting.begin()
    passed = iter(range(10**6))
    now = exporting.office.now
    exporting.real_now = lambda: now + timedelta(seconds=8 * next(passed))
    exporting.slice()
    exporting.real_now = None
    exporting.store.keep(
        *(
            replace(each, id=f"inv_new_{each.id}", number=f"NEW-{each.number}", sent_at=now, issue_date=MARCH[1])
            for each in exporting.store.all(Invoice)[:10]
        )
    )
    ended = exporting.finish(begun)
    assert (ended.as_of, ended.rows) == (begun.as_of, 20)
    assert len({row["id"] for row in exporting.table(ended)}) == 20
    assert exporting.run().rows == 30


def test_an_invoice_of_a_test_clock_that_is_gone_is_in_it(exporting: Exporting) -> None:
    exporting.issue(1, sent_at=NOW + timedelta(days=400))
    assert exporting.run().rows == 1


@pytest.mark.parametrize("written_as", ["csv", "jsonl"])
def test_lines_know_their_invoices(exporting: Exporting, written_as: str) -> None:
    (invoice,) = exporting.issue(1)
    line = invoice.lines[0]
    exporting.store.keep(replace(invoice, lines=(line, line._replace(id="item_2", description="=2+2"))))
    ended = exporting.run("lines", written_as)
    rows = exporting.table(ended) if written_as == "csv" else exporting.lines(ended)
    shown = [(row["id"], row["invoice_id"], row["invoice_number"], row["description"], row["total"]) for row in rows]
    guard, total = ("'", "11.90") if written_as == "csv" else ("", Decimal("11.90"))
    assert shown == [
        (line.id, "inv_00000", "A-0", "Consulting", total),
        ("item_2", "inv_00000", "A-0", f"{guard}=2+2", total),
    ]
    assert totals(ended) == {"USD": (2, {"subtotal": 2_000, "tax": 380, "total": 2_380})}


def test_credit_notes_payments_and_the_ledger(exporting: Exporting, store: FakeStore) -> None:
    invoice = issue(exporting.office)
    pay(exporting.office, invoice, "60")
    note = credit_note(exporting.office, invoice)
    today = NOW.date()
    day: dict[str, Any] = {"period": (today, today)}
    notes = exporting.run("credit_notes", **day)
    assert [(row["id"], row["total"], row["credited_to_customer"]) for row in exporting.table(notes)] == [
        (note.id, "100.00", "60.00")
    ]
    assert totals(notes) == {"USD": (1, {"subtotal": 10_000, "tax": 0, "total": 10_000})}
    payments = exporting.run("payments", "jsonl", **day)
    assert [each["amount"] for each in exporting.lines(payments)] == [Decimal("60.00")]
    assert totals(payments) == {"USD": (1, {"amount": 6_000, "refunded_amount": 0})}
    exporting.customers(7)
    ledger = exporting.run("ledger", **day)
    rows = [(row["type"], row["customer_id"], row["amount"], row["credit"]) for row in exporting.table(ledger)]
    assert rows == [
        ("invoice", "cust_123", "100.00", "0.00"),
        ("payment", "cust_123", "-60.00", "0.00"),
        ("credit_note", "cust_123", "-100.00", "60.00"),
    ]
    assert totals(ledger) == {"USD": (3, {"amount": -6_000, "credit": 6_000})}
    assert exporting.run("ledger").rows == 0


def test_the_ledger_is_read_customer_by_customer_a_page_at_a_time(
    exporting: Exporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_reading, "AT_A_TIME", 2)
    exporting.customers(5)
    for customer in ("cust_001", "cust_001", "cust_004", "cust_123", "cust_001"):
        issue(exporting.office, customer_id=customer)
    today = NOW.date()
    rows = exporting.table(exporting.run("ledger", period=(today, today)))
    assert [row["customer_id"] for row in rows] == ["cust_001"] * 3 + ["cust_004", "cust_123"]
    assert len({row["id"] for row in rows}) == 5


def test_customers_by_the_day_on_which_they_were_created_where_the_account_is(
    exporting: Exporting, store: FakeStore
) -> None:
    store.keep(an_account(time_zone=BERLIN))
    instants = {
        "cust_before": datetime(2026, 2, 28, 22, 59, 59, tzinfo=UTC),
        "cust_first": datetime(2026, 2, 28, 23, tzinfo=UTC),
        "cust_last": datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC),
        "cust_after": datetime(2026, 3, 31, 22, tzinfo=UTC),
    }
    store.keep(*(a_customer(id=name, created_at=at) for name, at in instants.items()))
    store.keep(a_customer(id="cust_archived", created_at=datetime(2026, 3, 5, tzinfo=UTC), archived_at=NOW))
    rows = exporting.table(exporting.run("customers"))
    assert [row["id"] for row in rows] == ["cust_first", "cust_archived", "cust_last"]


def test_events_by_instant_of_local_midnight(exporting: Exporting, store: FakeStore) -> None:
    store.keep(an_account(time_zone=BERLIN))
    recorded = [
        datetime(2026, 2, 28, 22, 59, 59, tzinfo=UTC),
        datetime(2026, 2, 28, 23, tzinfo=UTC),
        datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC),
        datetime(2026, 3, 31, 22, tzinfo=UTC),
    ]
    for at in recorded:
        event = an_event(
            "customer.created",
            a_customer(),
            id=f"evt_{int(at.timestamp() * 1000):012x}7000800000000000000a",
            occurred_at=at,
        )
        store.events[event.account, event.id] = event
    ended = exporting.run("events", "jsonl")
    assert [each["created_at"] for each in exporting.lines(ended)] == [
        "2026-02-28T23:00:00.000Z",
        "2026-03-31T21:59:59.000Z",
    ]


@pytest.mark.parametrize("of", ["customers", "events", "invoices", "ledger"])
def test_a_period_may_be_all_of_time(exporting: Exporting, store: FakeStore, of: str) -> None:
    store.keep(an_account(time_zone=BERLIN))
    ended = exporting.run(of, period=(date.min, date.max))
    assert (ended.status, ended.rows) == ("completed", 1 if of == "customers" else 0)


def test_each_currency_has_its_own_totals(exporting: Exporting) -> None:
    exporting.issue(3)
    exporting.issue(2, currency="JPY", account="acc_1", id="inv_jpy", number="J")
    assert {currency: rows for currency, (rows, _) in totals(exporting.run()).items()} == {"JPY": 1, "USD": 3}


def test_totals_of_invoices_are_those_of_the_report(exporting: Exporting, store: FakeStore) -> None:
    exporting.office.now = datetime(2026, 3, 9, 12, tzinfo=UTC)
    for price in ("100", "3.33"):
        issue(exporting.office, price)
    post_all(exporting.office, store)
    query = ReportQuery(start=MARCH[0], end=MARCH[1], currency="USD")
    (summary,) = get_summary_report(exporting.office.uow(), query, FakeReportTotals(store)).rows
    invoiced = summary.flows.invoiced
    (rows, sums) = totals(exporting.run())["USD"]
    assert (rows, sums) == (
        invoiced.number, {"subtotal": invoiced.net, "tax": invoiced.tax, "total": invoiced.gross}
    )  # fmt: skip


def test_an_empty_period_has_a_header(exporting: Exporting) -> None:
    ended = exporting.run(bom=True, delimiter=";")
    assert (ended.rows, totals(ended)) == (0, {})
    assert exporting.file(ended).startswith(b"\xef\xbb\xbfid;invoice_number;status;")
    assert exporting.file(exporting.run(written_as="jsonl")) == b""


def test_three_at_a_time(exporting: Exporting, store: FakeStore) -> None:
    first, *_ = [exporting.begin() for _ in range(3)]
    with pytest.raises(Conflict) as refused:
        exporting.begin()
    assert (refused.value.code, refused.value.extra) == (
        "EXPORTS_RUNNING",
        {"existing_resource": f"/exports/{first.id}"},
    )
    exporting.finish(first)
    exporting.begin()
    assert len(store.all(ExportRun)) == 1


def test_of_two_at_once_each_has_a_place(exporting: Exporting, store: FakeStore) -> None:
    store.before_next_commit(exporting.begin)
    exporting.begin()
    assert len({run.export_id for run in store.all(ExportRun)}) == 2


@pytest.mark.parametrize(
    ("field", "options"),
    [
        ("end_date", {"period": (MARCH[1], MARCH[0])}),
        ("end_date", {"written_as": "datev", "period": (date(2026, 12, 1), date(2027, 1, 1))}),
        ("datev.fiscal_year_start", {"written_as": "datev", "fiscal_year_start": date(2026, 1, 2)}),
        ("datev.fiscal_year_start", {"written_as": "datev", "fiscal_year_start": date(2026, 4, 1)}),
    ],
)
def test_periods_that_cannot_be(exporting: Exporting, field: str, options: dict[str, Any]) -> None:
    with pytest.raises(ValidationFailed) as refused:
        exporting.begin("ledger", **options)
    assert (refused.value.details[0].field, refused.value.details[0].code) == (field, "DATE_INVALID")


def test_a_fiscal_year_that_is_not_the_calendars(exporting: Exporting) -> None:
    period = (date(2026, 12, 1), date(2027, 3, 31))
    assert exporting.begin("ledger", "datev", period=period, fiscal_year_start=date(2026, 4, 1)).books


def test_what_was_recorded_later_with_an_earlier_date_is_not_in_it(exporting: Exporting, store: FakeStore) -> None:
    later = NOW + timedelta(seconds=30)
    store.keep(a_payment(payment_date=MARCH[0]), a_payment(id="pay_2", payment_date=MARCH[0], created_at=later))
    store.keep(a_credit_note(issue_date=MARCH[0]), a_credit_note(id="cn_2", issue_date=MARCH[0], created_at=later))
    assert [exporting.finish(each).rows for each in (exporting.begin("payments"), exporting.begin("credit_notes"))] == [
        1,
        2,
    ]


def test_the_worked_example_in_a_table(exporting: Exporting) -> None:
    exporting.office.now = datetime(2026, 3, 9, 12, tzinfo=UTC)
    issue(exporting.office, "150.00")
    (row,) = exporting.table(exporting.run(delimiter=";", decimal=","))
    assert (row["total"], row["issue_date"], row["buyer.name"]) == ("150,00", "2026-03-09", "Initech Ltd.")
