"""Overdue: each invoice once per time that it is late, from the first instant after its due date."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.parties.account import Account
from tests.simulation.simulation import Simulation

SETTLED = {Status.DRAFT, Status.PAID, Status.CANCELLED}


def an_invoice_is_overdue_once_at_a_time(simulation: Simulation) -> None:
    """Between two of its events it was settled, and opened again by a refund or a reversal."""
    for events in _by_invoice(simulation).values():
        is_overdue = False
        for event in sorted(events, key=lambda event: event.sequence):
            if event.type == "invoice.overdue":
                assert not is_overdue, event
            is_overdue = event.type == "invoice.overdue" or (is_overdue and event.data["status"] not in SETTLED)


def it_is_overdue_from_the_end_of_its_due_date(simulation: Simulation) -> None:
    """The instant is that of the account's zone, or of the issue of an invoice that was late already."""
    zone = _zone(simulation)
    for events in _by_invoice(simulation).values():
        for event in events:
            if event.type == "invoice.overdue":
                invoice = simulation.store.entities[Invoice, event.account, event.resource_id]
                told = datetime.fromisoformat(event.data["overdue_at"])
                expected = max(_first_after(date.fromisoformat(event.data["due_date"]), zone), invoice.sent_at)
                assert abs(told - expected) < timedelta(milliseconds=1), (event, expected)
                assert event.occurred_at >= told, event


def what_is_late_is_overdue(simulation: Simulation) -> None:
    zone = _zone(simulation)
    for invoice in simulation.store.all(Invoice):
        if invoice.status not in SETTLED:
            late = simulation.world.now >= _first_after(invoice.due_date, zone) + timedelta(hours=2)
            assert not late or invoice.overdue_at, invoice


def _first_after(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), zone)


def _zone(simulation: Simulation) -> ZoneInfo:
    return ZoneInfo(simulation.store.all(Account)[0].time_zone)


def _by_invoice(simulation: Simulation) -> defaultdict[str, list[Event]]:
    found = defaultdict(list)
    for event in simulation.store.events.values():
        if event.type.startswith("invoice."):
            found[event.resource_id].append(event)
    return found


ALWAYS = (an_invoice_is_overdue_once_at_a_time, it_is_overdue_from_the_end_of_its_due_date)
AT_REST = (what_is_late_is_overdue,)
