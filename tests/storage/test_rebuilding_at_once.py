"""Totals of reports are compared and repaired while entries are posted: none is lost, none counts twice."""

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.reports.totals import DAYS, ReportTotal
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.reactions.update_reports import update_reports
from invoicing.operations.reports import _recomputing
from invoicing.operations.reports.rebuild_totals import Rebuilt, rebuild_totals
from invoicing.operations.schedules.check_totals import Checked, check_totals
from invoicing.operations.unit_of_work import unit_of_work as work_module
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.ledger import DynamoLedger
from invoicing.storage.report_totals import DynamoReportTotals
from invoicing.storage.store import DynamoStore
from tests.builders import PAGE_URL, a_line, a_new_invoice
from tests.storage.conftest import EVENTS_KEPT, ON_DYNAMODB_LOCAL
from tests.storage.listing import put
from tests.storage.site import Site, at_once

pytestmark = ON_DYNAMODB_LOCAL

COUNT = 12


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_recomputing, "SLICE", 10)
    monkeypatch.setattr(_recomputing, "AT_ONCE", 7)
    monkeypatch.setattr(work_module, "PATIENCE", 60)


@dataclass
class One:
    """The sample is one account."""

    account: str

    def some(self, most: int) -> list[str]:
        return [self.account]


class Reports:
    """The reports of an account with invoices of which nothing is posted."""

    def __init__(self, database: Database, account: str) -> None:
        self.site = Site(DynamoStore(database, EVENTS_KEPT), account)
        self.totals, self.ledger = DynamoReportTotals(database), DynamoLedger(database)
        new = a_new_invoice(a_line("1", "100"))
        for _ in range(COUNT):
            run_use_case(self.site.uow, lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
        self.entries = self.ledger.entries(account, "cust_123")

    def post(self, some: list[LedgerEntry]) -> None:
        while some:
            del some[: run_use_case(self.site.uow, lambda uow: update_reports(uow, some))]

    def rebuild(self) -> Rebuilt:
        return rebuild_totals(self.site.uow, self.ledger, self.totals, repair=True)

    def check(self) -> Checked:
        sample = One(self.site.account)
        return check_totals(
            lambda _: self.site.uow(ChangeSet()), sample, self.ledger, self.totals, lambda: datetime.now(UTC)
        )

    def act(self, index: int) -> None:
        if index % 2 == 0:
            self.rebuild()
        for entry in random.Random(index).sample(self.entries, COUNT):
            self.post([entry])

    def stored(self) -> list[ReportTotal]:
        return list(self.totals.all(self.site.account))


def test_repairing_and_posting_at_once(local_tables: Database, account: str) -> None:
    reports = Reports(local_tables, account)
    reports.post(reports.entries[:3])
    wrong: dict[tuple[str, ...], tuple[int, ...]] = {("invoiced",): (99, 1, 1, 2)}
    put(local_tables, [replace(each, figures={**each.figures, **wrong}) for each in reports.stored()])
    assert at_once(4, reports.act) == [None] * 4
    reports.rebuild()
    found = reports.rebuild()
    assert (found.entries, found.posted_now, found.differing, found.changing) == (COUNT, 0, (), 0)
    days = [total for total in reports.stored() if total.id.startswith(DAYS)]
    assert sum(total.figures["invoiced",][0] for total in days) == COUNT


def test_at_night_what_is_posted_meanwhile_is_no_difference(local_tables: Database, account: str) -> None:
    reports = Reports(local_tables, account)

    def act(index: int) -> Checked | None:
        if index % 2 == 0:
            return reports.check()
        for entry in random.Random(index).sample(reports.entries, COUNT):
            reports.post([entry])
        return None

    fine = Checked(equal=(account,), differing=(), too_large=())
    assert at_once(6, act) == [fine, None] * 3
    assert reports.check() == fine
