"""Invoices that wait for a test clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.scheduled_send import ScheduledSend
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from tests.builders import PAGE_URL, an_invoice, an_issued_invoice
from tests.operations.test_clock.clock_office import ACCOUNT, ClockOffice

START = datetime(2028, 2, 29, 8, tzinfo=UTC)
LATER = datetime(2028, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def overdue_at(at: datetime, number: int = 1) -> Invoice:
    """An invoice that becomes overdue at midnight, in the account's zone, UTC."""
    due = (at - DAY).date()
    return an_issued_invoice(
        account=ACCOUNT, id=f"inv_{number:03}", version=1, due_date=due, next_overdue_at=at, issue_date=date(2028, 1, 1)
    )


def sent_at(at: datetime, number: int = 1) -> Invoice:
    send = ScheduledSend(at=at, send_email=False, page_url=PAGE_URL)
    return replace(an_invoice(), account=ACCOUNT, id=f"inv_{number:03}", version=1, scheduled_send=send)


def write(office: ClockOffice, *entities: Any) -> None:
    """Write entities as a request under the current clock does."""
    changes = ChangeSet(has_clock=office.uow().changes.has_clock)
    for entity in entities:
        changes.save(entity)
    office.store.commit(changes)


def midnight(days: int) -> datetime:
    return datetime(2028, 3, 1, tzinfo=UTC) + days * DAY


def stored(office: ClockOffice, number: int = 1) -> Invoice:
    found = office.store.find(Ref(Invoice, ACCOUNT, f"inv_{number:03}"))
    assert found
    return found
