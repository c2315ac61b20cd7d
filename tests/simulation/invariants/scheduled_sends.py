"""Scheduled sends: each once at most, never early, and none is forgotten."""

from datetime import datetime
from itertools import pairwise

from invoicing.domain.calendar import local_instant
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.scheduled_send import MOST_ATTEMPTS
from invoicing.identifiers import time_of
from tests.simulation.invariants.overdue import by_invoice
from tests.simulation.simulation import Simulation


def nothing_is_sent_early(simulation: Simulation) -> None:
    for delivery in simulation.store.all(Delivery):
        if at := simulation.sends.get(delivery.subject or ""):
            zones = simulation.time_zones_of(delivery.account, time_of(delivery.id))
            assert any(delivery.created_at >= _instant(at, zone) for zone in zones), (delivery, at)


def ticks_send_what_is_scheduled(simulation: Simulation) -> None:
    """Before it the send was scheduled, and after it no more: whoever cancels at the same time is in time or is not.

    What a recurring invoice makes is sent as soon as it is there.
    """
    written_at = {recorded.event.id: recorded.at for recorded in simulation.recorded}
    for events in by_invoice(simulation):
        before: Event | None = None
        for last, event in pairwise(events):
            if written_at[last.id] != written_at[event.id]:
                before = last
            if event.type in {"invoice.sent", "invoice.resent"} and event.actor.type == "schedule":
                if before is None:
                    assert event.data["recurring_id"], event
                    continue
                at = before.data["scheduled_send_at"]
                assert at is not None, event
                assert datetime.fromisoformat(at) <= event.occurred_at, event
                assert event.data["scheduled_send_at"] is None, event


def none_is_forgotten(simulation: Simulation) -> None:
    """What still waits has failed too often, and says why."""
    for invoice in simulation.store.all(Invoice):
        send, now = invoice.scheduled_send, simulation.now_of(invoice.account)
        if send and (send.due_at is None or send.due_at <= now):
            assert send.attempts == MOST_ATTEMPTS, invoice
            assert send.failure, invoice


def _instant(at: datetime, zone: str) -> datetime:
    return at if at.tzinfo else local_instant(at.date(), at.time(), zone)


ALWAYS = (nothing_is_sent_early, ticks_send_what_is_scheduled)
AT_REST = (none_is_forgotten,)
