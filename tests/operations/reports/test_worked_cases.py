"""Cases of bookkeepers in which other programs' reports were wrong, with the figures that are right."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.reports.ageing import AgeingRow
from invoicing.domain.reports.figures import Documents, Flows, Row
from invoicing.domain.reports.summary import Summary
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.payments.apply_credit import apply_credit
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_aging_report import get_aging_report
from invoicing.operations.reports.get_summary_report import get_summary_report
from tests.books import credit_note, current, issue, ledger_of, pay
from tests.builders import a_line, an_account
from tests.fake_report_totals import FakeReportTotals
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.reports.reporting import open_office, post_all


class Business:
    """An office whose clock is set by day, and what its reports say."""

    def __init__(self, **account: str) -> None:
        self.office: Office
        self.store: FakeStore
        self.totals: FakeReportTotals
        self.office, self.store, self.totals = open_office(**account)

    def at(self, moment: str) -> "Business":
        """Go on at an instant in UTC, or at noon of a day."""
        self.office.now = datetime.fromisoformat(moment if "T" in moment else f"{moment}T12:00").replace(tzinfo=UTC)
        return self

    def issue(self, price: str, due: str, **overrides: Any) -> Invoice:
        """An invoice of one line without tax."""
        return issue(self.office, price, **{"due_date": date.fromisoformat(due)} | overrides)

    def summary(self, start: str, end: str) -> Summary:
        """The summary of the account's own currency."""
        post_all(self.office, self.store)
        query = ReportQuery(start=date.fromisoformat(start), end=date.fromisoformat(end), currency="USD")
        (found,) = get_summary_report(self.office.uow(), query, self.totals).rows
        return found

    def month(self, month: str) -> Flows:
        """What happened in a month."""
        first = date.fromisoformat(f"{month}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return self.summary(first.isoformat(), last.isoformat()).flows

    def aging(self, as_of: str) -> tuple[tuple[int, ...], int]:
        """The ageing of a day: the buckets and the unused credit."""
        post_all(self.office, self.store)
        rows = get_aging_report(self.office.uow(), date.fromisoformat(as_of), "USD", self.totals).rows
        return (rows[0].buckets, rows[0].credit) if rows else ((0,) * 5, 0)

    def void(self, invoice: Invoice) -> None:
        """Void an invoice without a credit note."""
        self.office.run_use_case(lambda uow: void_invoice(uow, invoice.id, None, credit_note=False))


def test_a_credit_note_is_taken_off_and_not_added() -> None:
    """Case D1."""
    business = Business().at("2026-03-02")
    invoice = business.issue("0", "2026-03-31", lines=(a_line("5", "500"),))
    credit_note(business.office, invoice, "1")
    assert business.summary("2026-03-01", "2026-03-31").closing.receivable == 200_000


def test_what_is_paid_with_credit_is_not_money() -> None:
    """Cases D4 and A7."""
    business = Business().at("2026-03-02")
    first, second = business.issue("100", "2026-03-31"), business.issue("100", "2026-03-31")
    pay(business.office, first, "100")
    business.at("2026-04-02")
    credit_note(business.office, first)
    business.office.run_use_case(lambda uow: apply_credit(uow, second.id))
    april = business.summary("2026-04-01", "2026-04-30")
    assert (april.flows.collected, april.flows.settled_by_credit.amount, april.closing.net) == (0, 10_000, 0)
    noted = business.issue("100", "2026-04-30")
    credit_note(business.office, noted, "0.5")
    noted = current(business.store, noted)
    assert (noted.amount_paid, noted.amount_credited, noted.amount_due) == (0, 5000, 5000)


def test_what_was_paid_in_a_month_can_be_negative() -> None:
    """Case D6."""
    business = Business().at("2026-03-02")
    payment = pay(business.office, business.issue("300", "2026-03-31"), "300")
    bounced = pay(business.office, business.issue("50", "2026-03-31"), "50")
    business.at("2026-04-02")
    refund = NewRefund(amount=Decimal(100))
    ledger = ledger_of(business.office)
    business.office.run_use_case(lambda uow: refund_payment(uow, payment.id, refund, ledger))
    assert [business.month(month).collected for month in ("2026-03", "2026-04")] == [35_000, -10_000]
    business.office.run_use_case(lambda uow: reverse_payment(uow, bounced.id, "Bounced", ledger))
    assert [business.month(month).collected for month in ("2026-03", "2026-04")] == [35_000, -15_000]


def test_ageing_of_a_past_day_knows_nothing_of_later_payments() -> None:
    """Case A3."""
    business = Business().at("2026-05-01")
    invoice = business.issue("110775", "2026-05-31")
    before = business.aging("2026-05-15")
    business.at("2026-06-10")
    pay(business.office, invoice, "110250")
    assert before == business.aging("2026-05-15") == ((11_077_500, 0, 0, 0, 0), 0)
    assert business.aging("2026-06-30") == ((0, 52_500, 0, 0, 0), 0)


def test_a_void_counts_from_its_day_and_an_invoice_dated_later_from_its_own() -> None:
    """Case A8."""
    business = Business().at("2026-03-02")
    voided = business.issue("100", "2026-03-31")
    business.at("2026-04-02").void(voided)
    assert business.aging("2026-04-01") == ((0, 10_000, 0, 0, 0), 0)
    assert business.aging("2026-04-02") == ((0,) * 5, 0)
    business.issue("70", "2026-04-30", issue_date=date(2026, 4, 9))
    assert business.aging("2026-04-08") == ((0,) * 5, 0)
    assert business.summary("2026-04-02", "2026-04-08").flows.invoiced.number == 0
    assert business.aging("2026-04-09") == ((7000, 0, 0, 0, 0), 0)


@pytest.mark.parametrize(
    ("time_zone", "instant", "day"),
    [
        ("America/Los_Angeles", "2026-11-01T06:30", "2026-10-31"),
        ("Pacific/Auckland", "2026-09-30T11:30", "2026-10-01"),
        ("Pacific/Kiritimati", "2025-12-31T10:15", "2026-01-01"),
        ("Europe/Berlin", "2026-12-31T23:30", "2027-01-01"),
    ],
)
def test_days_are_those_of_the_account_and_stay_when_it_moves(time_zone: str, instant: str, day: str) -> None:
    """Case R8."""
    business = Business(time_zone=time_zone).at(instant)
    invoice = business.issue("100", "2027-03-01")
    assert f"-{day[:4]}-" in str(invoice.number)
    pay(business.office, invoice, "40")
    before = business.summary(day, day)
    assert (before.flows.invoiced.gross, before.flows.collected) == (10_000, 4000)
    business.store.keep(replace(an_account(), time_zone="Pacific/Pago_Pago", version=2))
    assert business.summary(day, day) == before


def test_a_void_in_a_later_month_changes_no_past_one() -> None:
    """Case R10."""
    business = Business().at("2026-03-20")
    lines = (a_line("1", "500", "0.19"),)
    invoice = business.issue("0", "2026-04-30", lines=lines)
    march = business.month("2026-03")
    business.at("2026-04-02").void(invoice)
    april = business.month("2026-04")
    assert march == business.month("2026-03")
    assert (march.revenue.net, march.revenue.tax) == (50_000, 9500)
    assert (april.revenue.net, april.revenue.tax, april.voided.number) == (-50_000, -9500, 1)
    business.void(business.issue("0", "2026-04-30", lines=lines))
    both = business.month("2026-04")
    assert (both.revenue[1:], both.voided.number) == (april.revenue[1:], 2)


def test_days_sales_outstanding_of_a_quarter() -> None:
    """Case R12."""
    row = Row("EUR")
    flows = Flows(row=row, invoiced=Documents(3, 0, 0, 221_116))
    summary = Summary(
        flows=flows, opening=AgeingRow(row=row), closing=AgeingRow(row=row, buckets=(65_366, 0, 0, 0, 0)), days=90
    )
    assert summary.days_sales_outstanding is not None
    assert round(float(summary.days_sales_outstanding), 1) == 26.6
    assert replace(summary, flows=Flows(row=row)).days_sales_outstanding is None
