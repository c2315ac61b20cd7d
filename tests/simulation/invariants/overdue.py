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
    for events in _by_invoice(simulation):
        is_overdue = False
        for event in events:
            if event.type == "invoice.overdue":
                assert not is_overdue, event
            is_overdue = event.type == "invoice.overdue" or (is_overdue and event.data["status"] not in SETTLED)


def it_is_overdue_from_the_end_of_its_due_date(simulation: Simulation) -> None:
    """The instant is that of the account's zone or, of what was late when it was issued or opened again, that one."""
    zone = _zone(simulation)
    for events in _by_invoice(simulation):
        open_since = None
        for event in events:
            open_since = None if event.data["status"] in SETTLED else open_since or event.occurred_at
            if event.type == "invoice.overdue" and open_since:
                told = datetime.fromisoformat(event.data["overdue_at"])
                expected = max(_first_after(date.fromisoformat(event.data["due_date"]), zone), open_since)
                assert abs(told - expected) <= timedelta(milliseconds=1), (event, expected)
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


def _by_invoice(simulation: Simulation) -> list[list[Event]]:
    found = defaultdict(list)
    for event in simulation.store.events.values():
        if event.type.startswith("invoice."):
            found[event.resource_id].append(event)
    return [sorted(events, key=lambda event: event.sequence) for events in found.values()]


ALWAYS = (an_invoice_is_overdue_once_at_a_time, it_is_overdue_from_the_end_of_its_due_date)
AT_REST = (what_is_late_is_overdue,)
