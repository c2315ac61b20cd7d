"""Scheduled sends of an office, and the ticks that find them due."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.builders import ACCOUNT, NOW, PAGE_URL
from tests.fake_due_work import FakeDueWork
from tests.fakes import FakeStore
from tests.office import Office

TO_CUSTOMER = EmailRequest()
TOMORROW = "2026-11-23T12:00"
TIME = NOW + timedelta(days=1)
"""The instant of `TOMORROW` in the zone of the account of the tests."""


def send(
    office: Office,
    at: str | None = None,
    email: EmailRequest | None = TO_CUSTOMER,
    *,
    invoice_id: str = "inv_1",
    if_version: int | None = None,
) -> Invoice:
    """Send an invoice at once or, at a time as clients write it, later."""
    send_at = None if at is None else datetime.fromisoformat(at)
    return office.run_use_case(
        lambda uow: send_invoice(uow, invoice_id, email, page_url=PAGE_URL, send_at=send_at, if_version=if_version)
    )


def tick(start: Callable[[ChangeSet], UnitOfWork], invoice_id: str = "inv_1", account: str = ACCOUNT) -> list[Work]:
    """Do what is due of an invoice, as for an entry of the index, however old."""
    entry = DueEntry(NOW, Work.SCHEDULED_SEND, invoice_id, Invoice.__name__, account)
    return run_due_work(entry, start, FakeDueWork(FakeStore()))


def stored(store: FakeStore) -> Invoice:
    """The one invoice there is."""
    (invoice,) = store.all(Invoice)
    return invoice


def run(office: Office, at: datetime = TIME) -> list[Work]:
    """Do what is due of the invoice at an instant."""
    office.now = at
    return tick(office.uow)


def event(store: FakeStore, event_type: str) -> Any:
    """What the last event of a type says."""
    return [each for _, each in sorted(store.events.items()) if each.type == event_type][-1].data
