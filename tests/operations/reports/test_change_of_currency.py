"""Reports of an account that changes its own currency: what was converted to the old one is not in the new one."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.reports.figures import Row
from invoicing.operations.account.update_account import update_account
from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_aging_report import get_aging_report
from invoicing.operations.reports.get_customers_report import get_customers_report
from invoicing.operations.reports.get_payments_report import get_payments_report
from invoicing.operations.reports.get_summary_report import get_summary_report
from invoicing.operations.reports.get_tax_report import get_tax_report
from invoicing.operations.reports.rebuild_totals import rebuild_totals
from tests.books import issue, ledger_of, pay
from tests.fake_report_totals import FakeReportTotals
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.reports.reporting import open_office, post_all

type Amounts = dict[tuple[str, str | None], int]
type Asking = Callable[[Office, FakeReportTotals], Amounts]

QUERY = ReportQuery()
OWN: Amounts = {("EUR", None): 100_00, ("GBP", None): 150_00, ("USD", None): 100_00}


def change(office: Office, currency: str) -> None:
    office.run_use_case(lambda uow: update_account(uow, {"currency": currency}))


def amounts(rows: Any, of: Callable[[Any], int]) -> Amounts:
    """What each row has of something, where it has any."""
    found: Amounts = {}
    for each in rows:
        row: Row = each.row
        place = row.currency, row.conversion
        found[place] = found.get(place, 0) + of(each)
    return {place: amount for place, amount in found.items() if amount}


def revenue(office: Office, totals: FakeReportTotals) -> Amounts:
    rows = get_summary_report(office.uow(), QUERY, totals).rows
    return amounts(rows, lambda row: row.flows.revenue.gross)


def revenue_of_customers(office: Office, totals: FakeReportTotals) -> Amounts:
    rows = get_customers_report(office.uow(), QUERY, 10, totals).rows
    return amounts(rows, lambda row: row.flows.revenue.gross)


def taxable(office: Office, totals: FakeReportTotals) -> Amounts:
    rows = get_tax_report(office.uow(), QUERY, "accrual", totals).rows
    return amounts(rows, lambda row: row.taxable)


def receivable(office: Office, totals: FakeReportTotals) -> Amounts:
    rows = get_aging_report(office.uow(), None, None, totals).rows
    return amounts(rows, lambda row: row.receivable)


def receivable_of_summary(office: Office, totals: FakeReportTotals) -> Amounts:
    rows = get_summary_report(office.uow(), QUERY, totals).rows
    return amounts(rows, lambda row: row.closing.receivable)


def collected(office: Office, totals: FakeReportTotals) -> Amounts:
    rows = get_payments_report(office.uow(), QUERY, totals).rows
    return amounts(rows, lambda row: row.net)


def gains(office: Office, totals: FakeReportTotals) -> Amounts:
    rows = get_summary_report(office.uow(), QUERY, totals).rows
    return amounts(rows, lambda row: row.flows.exchange_gain)


@pytest.fixture
def books() -> tuple[Office, FakeStore, FakeReportTotals]:
    """In dollars 100.00, EUR 100.00 (200.00), and GBP 100.00 (400.00); then in euros GBP 50.00 (62.50)."""
    office, store, totals = open_office(currency="USD")
    issue(office, currency="USD")
    issue(office, currency="EUR", exchange_rate=Decimal("0.5"))
    issue(office, currency="GBP", exchange_rate=Decimal("0.25"))
    change(office, "EUR")
    issue(office, "50", currency="GBP", exchange_rate=Decimal("0.8"))
    post_all(office, store)
    return office, store, totals


ASKED: list[Asking] = [revenue, revenue_of_customers, taxable, receivable, receivable_of_summary]


@pytest.mark.parametrize("asking", ASKED, ids=lambda each: each.__name__)
def test_what_was_converted_to_the_old_currency_has_no_rate_to_the_new(
    books: tuple[Office, FakeStore, FakeReportTotals], asking: Asking
) -> None:
    office, _, totals = books
    in_euros: Amounts = {("EUR", "converted"): 162_50, ("GBP", "unconverted"): 100_00, ("USD", "unconverted"): 100_00}
    assert asking(office, totals) == OWN | in_euros
    change(office, "USD")
    in_dollars: Amounts = {("USD", "converted"): 700_00, ("GBP", "unconverted"): 50_00}
    assert asking(office, totals) == OWN | in_dollars
    change(office, "JPY")
    assert asking(office, totals) == OWN | {(currency, "unconverted"): OWN[currency, None] for currency, _ in OWN}


def test_money_for_an_invoice_of_the_old_currency_gains_nothing_that_is_known(
    books: tuple[Office, FakeStore, FakeReportTotals],
) -> None:
    """It had a rate to the dollar, and the payment has one to the euro."""
    office, store, totals = books
    invoice = next(each for each in store.all(Invoice) if each.currency == "GBP")
    pay(office, invoice, "100", exchange_rate=Decimal("0.8"))
    post_all(office, store)
    assert gains(office, totals) == {}
    assert collected(office, totals) == {("GBP", None): 100_00, ("EUR", "converted"): 125_00}
    assert receivable(office, totals)["EUR", "converted"] == 162_50
    assert ("GBP", "unconverted") not in receivable(office, totals)
    rebuilt = rebuild_totals(office.uow, ledger_of(office), totals, repair=False)
    assert (rebuilt.posted_now, rebuilt.differing) == (0, ())
