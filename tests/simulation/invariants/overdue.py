"""Overdue: each invoice once per time that it is late, from the first instant after its due date."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.identifiers import time_of
from tests.simulation.simulation import Simulation

SETTLED = {Status.DRAFT, Status.PAID, Status.CANCELLED}


def an_invoice_is_overdue_once_at_a_time(simulation: Simulation) -> None:
    """Between two of its events it was settled, and opened again by a refund or a reversal."""
    for events in by_invoice(simulation):
        is_overdue = False
        for event in events:
            if event.type == "invoice.overdue":
                assert not is_overdue, event
            is_overdue = event.type == "invoice.overdue" or (is_overdue and event.data["status"] not in SETTLED)


def it_is_overdue_from_the_end_of_its_due_date(simulation: Simulation) -> None:
    """The instant is that of the account's zone or, of what was late when it was issued or opened again, that one.

    A test clock that was deleted since may have been ahead when the invoice was issued. A change of the zone finds what
    is late by its due date, whatever was paid in between.
    """
    for events in by_invoice(simulation):
        open_since = None
        issued = next((event.occurred_at for event in events if event.type == "invoice.sent"), events[0].occurred_at)
        for event in events:
            open_since = None if event.data["status"] in SETTLED else open_since or event.occurred_at
            if event.type == "invoice.overdue" and open_since:
                told = datetime.fromisoformat(event.data["overdue_at"])
                due, zones = date.fromisoformat(event.data["due_date"]), _time_zones(simulation, event)
                expected = [max(_first_after(due, zone), open_since, issued) for zone in zones]
                if len(zones) > 1:
                    expected += [max(_first_after(due, zone), issued) for zone in zones]
                assert any(abs(told - each) <= timedelta(milliseconds=1) for each in expected), (event, expected)
                assert event.occurred_at >= told, event


def what_is_late_is_overdue(simulation: Simulation) -> None:
    for invoice in simulation.store.all(Invoice):
        if invoice.status not in SETTLED:
            zone = simulation.profile(invoice.account).time_zone
            late_from = max(filter(None, (_first_after(invoice.due_date, zone), invoice.sent_at)))
            is_late = simulation.now_of(invoice.account) > late_from + timedelta(minutes=1)
            assert not is_late or invoice.overdue_at, invoice


def by_invoice(simulation: Simulation) -> list[list[Event]]:
    """The events of each invoice, in order."""
    return [events for events in simulation.events_of.values() if events[0].type.startswith("invoice.")]


def _first_after(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))


def _time_zones(simulation: Simulation, event: Event) -> list[str]:
    return simulation.time_zones_of(event.account, time_of(event.id))


ALWAYS = (an_invoice_is_overdue_once_at_a_time, it_is_overdue_from_the_end_of_its_due_date)
CAUGHT_UP = AT_REST = (what_is_late_is_overdue,)
