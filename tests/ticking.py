"""Ticks of an office whose store is in memory: what is due is found by looking at everything."""

from datetime import UTC, datetime

from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.events.event import Event
from invoicing.operations.reactions.run_due_work import run_due_work
from tests.fake_due_work import FakeDueWork
from tests.fakes import FakeStore
from tests.office import Office

_FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


def entries(store: FakeStore) -> list[DueEntry]:
    """All that waits, in order."""
    return [entry for page in FakeDueWork(store).due(_FOR_EVER) for entry in page]


def tick(office: Office, store: FakeStore) -> list[Work]:
    """Do all that is due, as one tick does; return what was done."""
    due = [entry for entry in entries(store) if entry.at <= office.now]
    return [work for entry in due for work in run_due_work(entry, office.uow, FakeDueWork(store))]


def overdue_events(store: FakeStore) -> list[Event]:
    """The events of invoices that became overdue, in order."""
    return [store.events[key] for key in sorted(store.events) if store.events[key].type == "invoice.overdue"]
