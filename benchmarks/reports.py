"""Requests and read units of reports over a year, at 1,000 to 100,000 invoices in two years.

    python -m benchmarks.reports [--sizes 1000 10000 100000]

On Amazon's DynamoDB Local (Java and npm), with the tables of template.yaml. The totals are those that the code of
`update_reports` posts of each invoice and of the payments of nine tenths of them; they are added up in memory, and
written once. An account has 100 customers, three currencies and three payment terms. The key check, one request more,
is not among the figures. tests/storage/test_flat_reports.py holds a small version to the same.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import batched
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent / "layers" / "core"))

from benchmarks.lists import Meter, invoices, print_costs, put
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.document import Document
from invoicing.domain.ledger.entry import LedgerEntry, Movement, OpenItemChange
from invoicing.domain.reports.posting import postings
from invoicing.domain.reports.totals import Amounts, Key, ReportTotal, add
from invoicing.identifiers import new_id, new_secret
from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_aging_report import get_aging_report
from invoicing.operations.reports.get_customers_report import get_customers_report
from invoicing.operations.reports.get_forecast_report import get_forecast_report
from invoicing.operations.reports.get_payments_report import get_payments_report
from invoicing.operations.reports.get_revenue_report import get_revenue_report
from invoicing.operations.reports.get_summary_report import get_summary_report
from invoicing.operations.reports.get_tax_report import get_tax_report
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.report_totals import DynamoReportTotals
from invoicing.storage.store import DynamoStore
from tests.builders import ACTOR, a_customer, a_payment, an_account

SIZES = (1_000, 10_000, 100_000)
CUSTOMERS = 100
TERMS = (14, 30, 60)
"""Days until invoices are due, in turns."""

NOW = datetime(2026, 12, 31, 12, tzinfo=UTC)
YEAR = ReportQuery(start=date(2026, 1, 1), end=date(2026, 12, 31))

type Report = Callable[[UnitOfWork, DynamoReportTotals], Any]

REPORTS: Mapping[str, Report] = {
    "summary": lambda uow, totals: get_summary_report(uow, YEAR, totals),
    "revenue by month": lambda uow, totals: get_revenue_report(uow, YEAR, "month", totals),
    "revenue by day": lambda uow, totals: get_revenue_report(uow, YEAR, "day", totals),
    "tax": lambda uow, totals: get_tax_report(uow, YEAR, "accrual", totals),
    "payments": lambda uow, totals: get_payments_report(uow, YEAR, totals),
    "aging": lambda uow, totals: get_aging_report(uow, None, None, totals),
    "forecast": lambda uow, totals: get_forecast_report(uow, ReportQuery(), totals),
    "customers, the first 10": lambda uow, totals: get_customers_report(uow, YEAR, 10, totals),
}


class Business:
    """An account with the totals of its reports, and a meter of what is asked of the database."""

    def __init__(self, database: Database, meter: Meter, size: int) -> None:
        self._account = f"acc_{size:032x}"
        self._store, self._totals = DynamoStore(database, 13), DynamoReportTotals(database)
        self._meter = meter
        people = (a_customer(id=f"cust_{number}", account=self._account) for number in range(CUSTOMERS))
        kept: list[tuple[str, Any]] = [
            ("accounts", an_account(account=self._account)),
            *(("customers", each) for each in people),
        ]
        kept += [("totals", total) for total in totals(self._account, size)]
        for batch in batched(kept, 25, strict=False):
            put(database, batch)

    def cost(self, report: Report) -> str:
        """The requests and read units of a report."""
        uow = UnitOfWork(
            account=self._account, actor=ACTOR, real_now=NOW, store=self._store, new_id=new_id, new_secret=new_secret,
            changes=ChangeSet(),
        )  # fmt: skip
        self._meter.take()
        report(uow, self._totals)
        return self._meter.take()


def totals(account: str, size: int) -> list[ReportTotal]:
    """The running totals of so many invoices and their payments."""
    figures: dict[str, dict[Key, Amounts]] = {}
    for number, invoice in enumerate(invoices(account, size, customers=CUSTOMERS)):
        for entry, source in _entries(invoice, number):
            for total, key, amounts in postings(entry, source):
                add(figures.setdefault(total, {}), key, amounts)
    return [ReportTotal(account=account, id=name, version=1, figures=found) for name, found in figures.items()]


def _entries(invoice: Invoice, number: int) -> Iterator[tuple[LedgerEntry, Document]]:
    """The entry of an invoice, and that of its payment a month later, which one of ten has not."""
    due = OpenItemChange(
        due_date=invoice.issue_date + timedelta(days=TERMS[number // 3 % len(TERMS)]), amount=invoice.total, count=1
    )
    entry = LedgerEntry(
        account=invoice.account, id=f"ent_{number}", customer_id=invoice.buyer.id, currency=invoice.currency,
        date=invoice.issue_date, movement=Movement.INVOICE, amount=invoice.total, open_items=(due,),
        created_at=invoice.created_at,
    )  # fmt: skip
    yield entry, invoice
    if number % 10:
        paid = replace(due, amount=-due.amount, count=-1)
        method = ("bank_transfer", "card", "cash")[number % 3]
        on = invoice.issue_date + timedelta(days=30)
        settled = replace(
            entry, date=on, movement=Movement.PAYMENT, amount=-due.amount, open_items=(paid,), method=method
        )
        yield settled, a_payment(currency=invoice.currency, method=method, exchange=invoice.exchange)


def main() -> None:
    print_costs(
        __doc__,
        "report of a year",
        sizes=SIZES,
        unit="invoices",
        make=Business,
        measures={name: partial(Business.cost, report=report) for name, report in REPORTS.items()},
    )


if __name__ == "__main__":
    main()
