"""Tax of imported invoices in reports."""

from datetime import date

import pytest

from invoicing.domain.reports.taxes import Basis
from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_tax_report import get_tax_report
from tests.fake_report_totals import FakeReportTotals
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.imports.importing import Importing, counted
from tests.operations.imports.test_imported_invoices import MORE, run
from tests.operations.reports.reporting import post_all


@pytest.mark.parametrize("price", ["100", "119"], ids=["total above 0", "total 0"])
def test_a_cancelled_invoice_has_no_tax_on_either_basis(
    importing: Importing, office: Office, store: FakeStore, price: str
) -> None:
    lines = [f"A-1,cust_123,2026-03-01,,USD,Work,1,{price},0,cancelled,,,,"]
    lines.append("A-1,cust_123,2026-03-01,,USD,Less,-1,100,0.19,cancelled,,,,")
    if price == "100":
        lines = lines[:1]
    assert counted(run(importing, *lines, header=MORE)) == (len(lines), 0, 0, 0)
    post_all(office, store)
    query = ReportQuery(start=date(2026, 3, 1), end=date(2026, 3, 31))
    bases: tuple[Basis, ...] = ("accrual", "cash")
    assert [get_tax_report(office.uow(), query, basis, FakeReportTotals(store)).rows for basis in bases] == [(), ()]
