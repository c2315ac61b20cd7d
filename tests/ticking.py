"""Ticks of an office whose store is in memory: what is due is found by looking at everything."""

from typing import Any, cast

from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.events.event import Event
from invoicing.domain.invoices.due_work import due_work_of
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties import time_zone_change
from invoicing.domain.parties.time_zone_change import TimeZoneChange
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.unit_of_work.ports import DueWorkIndex
from tests.fakes import FakeStore
from tests.office import Office


def entries(store: FakeStore) -> list[DueEntry]:
    """All that waits, in order."""
    waiting: list[tuple[Any, Any]] = [(invoice, due_work_of(invoice)) for invoice in store.all(Invoice)]
    waiting += [(change, time_zone_change.due_work_of(change)) for change in store.all(TimeZoneChange)]
    return sorted(
        DueEntry(due.at, due.work, entity.id, type(entity).__name__, entity.account)
        for entity, due in waiting
        if due is not None
    )


def tick(office: Office, store: FakeStore) -> list[Work]:
    """Do all that is due, as one tick does; return what was done."""
    due = [entry for entry in entries(store) if entry.at <= office.now]
    return [work for entry in due for work in run_due_work(entry, office.uow, cast(DueWorkIndex, None))]


def overdue_events(store: FakeStore) -> list[Event]:
    """The events of invoices that became overdue, in order."""
    return [store.events[key] for key in sorted(store.events) if store.events[key].type == "invoice.overdue"]
