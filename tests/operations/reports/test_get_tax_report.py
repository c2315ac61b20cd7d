from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from invoicing.domain.reports.taxes import Basis
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.revise_invoice import revise_invoice
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_tax_report import get_tax_report
from tests.builders import NOW, PAGE_URL, a_line, a_new_invoice
from tests.operations.reports.reporting import open_office, post_all


def test_it_comes_by_rate_the_highest_first() -> None:
    office, store, totals = open_office()
    new = a_new_invoice(a_line("1", "100", "0.07"), a_line("1", "100", "0.19"), a_line("1", "50", "0.19"))
    office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
    post_all(office, store)
    whole = ReportQuery(start=new.issue_date, end=new.issue_date, currency="USD")
    rows = get_tax_report(office.uow(), whole, "accrual", totals).rows
    assert [(row.rate, row.taxable, row.tax) for row in rows] == [
        (Decimal("0.19"), 15_000, 2850),
        (Decimal("0.07"), 10_000, 700),
    ]


def test_a_void_takes_it_back_on_its_own_day() -> None:
    office, store, totals = open_office()
    new = a_new_invoice(a_line("1", "100", "0.19"), issue_date=None)
    made = office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
    office.now += timedelta(days=3)
    office.run_use_case(lambda uow: void_invoice(uow, made.id, "mistake", credit_note=False))
    post_all(office, store)
    found = [
        [
            row.tax
            for row in get_tax_report(
                office.uow(), ReportQuery(start=day, end=day, currency="USD"), "accrual", totals
            ).rows
        ]
        for day in (NOW.date(), NOW.date() + timedelta(days=3))
    ]
    assert found == [[1900], [-1900]]
    both = ReportQuery(start=NOW.date(), end=office.now.date(), currency="USD")
    assert get_tax_report(office.uow(), both, "accrual", totals).rows == ()


@pytest.mark.parametrize("basis", ["accrual", "cash"])
@pytest.mark.parametrize("cancel", [void_invoice, revise_invoice])
def test_an_invoice_of_0_that_is_cancelled_leaves_no_tax(basis: Basis, cancel: Callable[..., object]) -> None:
    office, store, totals = open_office()
    new = a_new_invoice(a_line("1", "100", "0.19"), a_line("-1", "119"), issue_date=None)
    made = office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
    assert (made.total, made.tax) == (0, 1900)
    today = ReportQuery(start=NOW.date(), end=NOW.date(), currency="USD")
    post_all(office, store)
    assert [row.tax for row in get_tax_report(office.uow(), today, basis, totals).rows] == [1900, 0]
    office.run_use_case(lambda uow: cancel(uow, made.id, "mistake"))
    post_all(office, store)
    assert get_tax_report(office.uow(), today, basis, totals).rows == ()
