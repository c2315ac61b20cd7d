"""An office whose books are posted to the running totals."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.reports.totals import PostedEntry
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.reactions.update_reports import update_reports
from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_tax_report import get_tax_report
from tests.books import issue, pay
from tests.builders import PAGE_URL, a_customer, a_line, a_new_invoice, an_account
from tests.fake_report_totals import FakeReportTotals
from tests.fakes import FakeStore
from tests.office import Office

VAT = "0.20"


def open_office(**account: Any) -> tuple[Office, FakeStore, FakeReportTotals]:
    """An office with a customer, the store it keeps things in, and the totals."""
    store = FakeStore()
    store.keep(an_account(**account), a_customer())
    return Office(store), store, FakeReportTotals(store)


def post_all(office: Office, store: FakeStore) -> None:
    """Post what is not posted yet."""
    known = {note.id for note in store.all(PostedEntry)}
    entries = [entry for entry in store.all(LedgerEntry) if entry.id not in known]
    while entries:
        del entries[: office.run_use_case(lambda uow: update_reports(uow, entries))]


def busy_office() -> tuple[Office, FakeStore, FakeReportTotals]:
    """One that issued 100.00 today, of which 40.00 are paid."""
    office, store, totals = open_office()
    pay(office, issue(office), "40")
    post_all(office, store)
    return office, store, totals


class Year:
    """A business, in which each step is a month later than the one before."""

    def __init__(self, **account: Any) -> None:
        self.office, self.store, self.totals = open_office(**account)
        self.began = self.office.now

    def later(self) -> None:
        self.office.now += timedelta(days=30)

    def sold(self, price: str, rate: str | None = VAT, **more: Any) -> Invoice:
        new = a_new_invoice(a_line("1", price, rate), **{"issue_date": None, "due_date": None} | more)
        return self.office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))

    def do(self, use_case: Any) -> Any:
        return self.office.run_use_case(use_case)

    def months(self) -> list[list[tuple[int, int]]]:
        """Taxable amounts and taxes of each month until now, the highest rate first."""
        post_all(self.office, self.store)
        return [[(row.taxable, row.tax) for row in rows] for rows in self.rows()]

    def rows(self, conversion: str | None = None) -> Iterator[list[Any]]:
        last = (self.office.now - self.began).days
        days = [self.began.date() + timedelta(days=number) for number in range(0, last + 31, 30)]
        for start, end in pairwise(days):
            query = ReportQuery(start=start, end=end - timedelta(days=1))
            rows = get_tax_report(self.office.uow(), query, "cash", self.totals).rows
            yield [row for row in rows if row.row.conversion == conversion]
