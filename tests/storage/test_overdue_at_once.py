"""Invoices that become overdue while others do the same, pay, or die, on Amazon's own DynamoDB Local."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.calendar import end_of_day
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.invoice_walk import SETTLED
from invoicing.domain.parties.time_zone_change import TimeZoneChange
from invoicing.operations.account.update_account import update_account
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.due_work import DynamoDueWork
from invoicing.storage.dynamodb.database import Database
from tests.builders import NOW, a_line, a_new_invoice
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.reading import events_of
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]

DUE = (NOW + timedelta(days=1)).date()
AFTER = end_of_day(DUE, "UTC")
LATER = AFTER + SETTLED


class Died(Exception):
    """The process ended."""


def a_draft(on: date = DUE) -> NewInvoice:
    return a_new_invoice(a_line("1", "100"), due_date=on, issue_date=None)


@pytest.fixture
def invoice(site: Site) -> Invoice:
    return site.send(site.create(a_draft()).id)


def due_entries(site: Site, database: Database, until: Any = AFTER) -> list[DueEntry]:
    """What a tick finds of the account, without the walk over its schedules."""
    entries = [entry for page in DynamoDueWork(database).due(until) for entry in page]
    return [entry for entry in entries if entry.account == site.account and entry.work is not Work.CHANGE]


def tick(site: Site, database: Database, entries: list[DueEntry]) -> list[Work]:
    return [work for entry in entries for work in run_due_work(entry, site.at(LATER), DynamoDueWork(database))]


def stored(site: Site, invoice: Invoice) -> Invoice:
    found = site.store.find(Ref(Invoice, site.account, invoice.id))
    assert found is not None
    return found


def overdue_events(site: Site, database: Database) -> list[str]:
    return [event.data["overdue_at"] for event in events_of(database, site.account) if event.type == "invoice.overdue"]


def test_50_ticks_at_once_make_it_overdue_once(site: Site, local_tables: Database, invoice: Invoice) -> None:
    assert due_entries(site, local_tables, AFTER - timedelta(milliseconds=1)) == []
    entries = due_entries(site, local_tables)
    done = at_once(50, lambda _: tick(site, local_tables, entries))
    assert sorted(map(str, done)) == sorted(map(str, [[]] * 49 + [[Work.OVERDUE]]))
    found = stored(site, invoice)
    assert (found.status, found.overdue_at, found.version) == (Status.OVERDUE, AFTER, invoice.version + 1)
    assert overdue_events(site, local_tables) == [AFTER.isoformat(timespec="milliseconds").replace("+00:00", "Z")]
    assert due_entries(site, local_tables) == []


def test_payments_and_ticks_at_once_leave_a_paid_invoice_and_at_most_one_event(
    site: Site, local_tables: Database, invoice: Invoice
) -> None:
    entries = due_entries(site, local_tables)
    whole = NewPayment(amount=Decimal(100), method="cash")

    def act(index: int) -> Any:
        if index % 5:
            return tick(site, local_tables, entries)
        return run_use_case(site.at(LATER), lambda uow: record_invoice_payment(uow, invoice.id, whole))

    done = at_once(20, act)
    found = stored(site, invoice)
    assert (found.status, found.overdue_at, found.next_overdue_at) == (Status.PAID, None, None)
    assert len(overdue_events(site, local_tables)) == done.count([Work.OVERDUE]) <= 1
    assert due_entries(site, local_tables) == []


def test_a_tick_that_dies_before_its_commit_has_done_nothing_and_the_next_does_it(
    site: Site, local_tables: Database, invoice: Invoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = due_entries(site, local_tables)
    with monkeypatch.context() as dying:
        dying.setattr(site.store, "commit", _die)
        with pytest.raises(Died):
            tick(site, local_tables, entries)
    assert stored(site, invoice) == invoice
    assert (tick(site, local_tables, entries), tick(site, local_tables, entries)) == ([Work.OVERDUE], [])
    assert len(overdue_events(site, local_tables)) == 1


def _die(*_: Any) -> None:
    raise Died


def test_a_change_of_time_zone_that_several_run_and_one_leaves_half_way_moves_each_invoice_once(
    site: Site, local_tables: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoices = [site.send(site.create(a_draft()).id) for _ in range(12)]
    run_use_case(site.uow, lambda uow: update_account(uow, {"time_zone": "America/Los_Angeles"}))
    (job,) = due_entries(site, local_tables, NOW)
    assert (job.work, job.kind) == (Work.JOB, "TimeZoneChange")
    commits: list[Any] = []
    real = site.store.commit

    def die_at_the_fifth(*changes: Any) -> None:
        if len(commits) == 4:
            raise Died
        commits.append(changes)
        real(*changes)

    with monkeypatch.context() as dying:
        dying.setattr(site.store, "commit", die_at_the_fifth)
        with pytest.raises(Died):
            run_due_work(job, site.uow, DynamoDueWork(local_tables))
    at_once(8, lambda _: run_due_work(job, site.uow, DynamoDueWork(local_tables)))
    for before in invoices:
        found = stored(site, before)
        assert found == replace(
            before, version=before.version + 1, next_overdue_at=end_of_day(DUE, "America/Los_Angeles")
        )
    (last,) = due_entries(site, local_tables)
    assert last.at == job.at + SETTLED
    assert tick(site, local_tables, [last]) == [Work.JOB]
    assert site.store.find(Ref(TimeZoneChange, site.account, job.id)) is None
    assert due_entries(site, local_tables) == []
    assert overdue_events(site, local_tables) == []
