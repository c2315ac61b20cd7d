"""Reminders that many ticks look for at once, while invoices are paid and settings changed, on DynamoDB Local."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.invoices.invoice_walk import SETTLED
from invoicing.domain.reminders.customer_reminder import CustomerReminder
from invoicing.domain.reminders.reminder_change import REMINDER_CHANGE, ReminderChange
from invoicing.domain.reminders.settings import ReminderSettings, ScheduleEntry
from invoicing.domain.reminders.state import InvoiceReminders
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.reminders.replace_reminders import replace_reminders
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.due_work import DynamoDueWork
from invoicing.storage.dynamodb.database import Database
from tests.builders import NOW, PAGE_URL, a_line, a_new_invoice
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.reading import events_of
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]

DUE = date(2027, 3, 1)
COMES = datetime(2027, 3, 8, 9, tzinfo=UTC)
"""When the step a week after comes."""
WEEK_AFTER = ReminderSettings(enabled=True, schedule=(ScheduleEntry(offset_days=7),), send_at=time(9))


def put(site: Site, settings: ReminderSettings = WEEK_AFTER, now: datetime = NOW) -> None:
    run_use_case(site.at(now), lambda uow: replace_reminders(uow, settings, page_url=PAGE_URL))


def issue(site: Site) -> str:
    new = a_new_invoice(a_line("1", "100"), due_date=DUE, issue_date=None)
    invoice = run_use_case(site.uow, lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
    return invoice.id


def due(site: Site, database: Database, now: datetime = COMES) -> list[DueEntry]:
    """What a tick finds of the account's reminders."""
    found = [entry for page in DynamoDueWork(database).due(now) for entry in page if entry.account == site.account]
    return [entry for entry in found if entry.work is not Work.OVERDUE]


def tick(site: Site, database: Database, entries: list[DueEntry], now: datetime = COMES) -> list[Work]:
    return [work for entry in entries for work in run_due_work(entry, site.at(now), DynamoDueWork(database))]


def told(site: Site, database: Database) -> Counter[tuple[str, str]]:
    """How often each invoice was told of what."""
    found = [event for event in events_of(database, site.account) if event.type.startswith("invoice.reminder_")]
    return Counter((event.resource_id, event.data.get("reason", "sent")) for event in found)


def emails(site: Site, database: Database) -> int:
    ordered = [event for event in events_of(database, site.account) if event.type == "invoice.reminder_sent"]
    return sum(event.data["email_requested"] for event in ordered)


def past(site: Site, invoice: str) -> list[str]:
    found = site.store.find(Ref(InvoiceReminders, site.account, invoice))
    assert found
    return [str(step.reason or step.status) for step in found.past]


def test_50_ticks_at_once_send_each_step_once(site: Site, local_tables: Database) -> None:
    put(site)
    invoices = [issue(site) for _ in range(3)]
    looks = due(site, local_tables)
    assert {entry.kind for entry in looks} == {"InvoiceReminders", "ReminderChange"}
    at_once(50, lambda _: tick(site, local_tables, looks))
    (email,) = [entry for entry in due(site, local_tables) if entry.kind == "CustomerReminder"]
    at_once(50, lambda _: tick(site, local_tables, [email]))
    late = [*looks, email] * 2
    assert tick(site, local_tables, late, COMES + timedelta(hours=3)) == []
    assert told(site, local_tables) == Counter({(invoice, "sent"): 1 for invoice in invoices})
    assert emails(site, local_tables) == 1
    assert [past(site, invoice) for invoice in invoices] == [["sent"]] * 3


def test_payments_and_ticks_at_once_tell_each_invoice_once(site: Site, local_tables: Database) -> None:
    put(site)
    invoices = [issue(site) for _ in range(6)]
    whole = NewPayment(amount=Decimal(100), method="cash")

    def act(index: int) -> Any:
        if index < len(invoices) and index % 2:
            invoice = invoices[index]
            return run_use_case(site.at(COMES), lambda uow: record_invoice_payment(uow, invoice, whole))
        return tick(site, local_tables, due(site, local_tables))

    at_once(20, act)
    for _ in range(3):
        tick(site, local_tables, due(site, local_tables))
    counts = told(site, local_tables)
    assert {invoice for invoice, _ in counts} == set(invoices)
    assert set(counts.values()) == {1}
    assert len(counts) == len(invoices), "no invoice is told two things of one step"
    assert all(counts[invoice, "sent"] == 1 for invoice in invoices[::2])
    assert emails(site, local_tables) == 1


def test_a_look_at_the_time_of_a_change_leaves_no_invoice_waiting_for_the_old_step(
    site: Site, local_tables: Database
) -> None:
    put(site)
    invoices = [issue(site) for _ in range(30)]
    later = ReminderSettings(enabled=True, schedule=(ScheduleEntry(offset_days=9),))

    def run(now: datetime) -> list[Work]:
        return tick(site, local_tables, due(site, local_tables, now), now)

    def act(index: int) -> Any:
        return put(site, later, NOW + SETTLED) if index == 5 else run(NOW + SETTLED)

    at_once(12, act)
    for minutes in range(1, 5):
        run(NOW + SETTLED * minutes)
    waiting = {site.store.find(Ref(InvoiceReminders, site.account, invoice)) for invoice in invoices}
    assert {each.next_at for each in waiting if each} == {COMES + timedelta(days=2)}
    assert site.store.find(Ref(ReminderChange, site.account, REMINDER_CHANGE)) is None


def test_a_walk_through_one_customers_invoices_is_found_by_its_id(site: Site, local_tables: Database) -> None:
    put(site)
    issue(site)
    index = DynamoDueWork(local_tables)
    changed = ReminderChange(account=site.account, id="cust_123", version=1, due_at=NOW, customer_id="cust_123")
    site.keep(changed)
    waits = [entry for entry in due(site, local_tables, NOW) if entry.id == "cust_123"]
    assert [(entry.kind, entry.work) for entry in waits] == [("ReminderChange", Work.CHANGE)]
    assert waits[0] in list(index.entries_of(site.account, ["cust_123"]))
    assert tick(site, local_tables, waits, NOW + SETTLED) == [Work.CHANGE] * 2
    assert site.store.find(Ref(ReminderChange, site.account, "cust_123")) is None


def test_reminders_wait_where_their_account_has_its_clock(site: Site, local_tables: Database) -> None:
    put(site)
    invoice = issue(site)
    index = DynamoDueWork(local_tables)
    (look,) = [entry for entry in due(site, local_tables) if entry.id == invoice]
    index.move(look, to_clock=True)
    assert look not in due(site, local_tables)
    assert list(index.of_clock(site.account, COMES)) == [look]
    index.move(look, to_clock=False)
    assert look in due(site, local_tables)


def test_what_is_gathered_waits_for_its_customer(site: Site, local_tables: Database) -> None:
    put(site)
    invoice = issue(site)
    tick(site, local_tables, due(site, local_tables))
    reminder = site.store.find(Ref(CustomerReminder, site.account, "cust_123"))
    assert reminder
    assert (dict(reminder.steps), reminder.due_at) == ({invoice: 7}, COMES)
