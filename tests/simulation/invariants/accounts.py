"""Accounts: what belongs to one is not mixed with another's, and a change of its time zone reaches everything."""

from invoicing.domain.invoices.due_work import in_time_zone
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.time_zone_change import TimeZoneChange
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from tests.domain.recurring.by_day import instant
from tests.simulation.invariants.requests import effects
from tests.simulation.simulation import Simulation


def nothing_is_mixed(simulation: Simulation) -> None:
    for effect in effects(simulation):
        assert simulation.sent_by[effect.key].account == effect.account, effect
    for invoice in simulation.store.all(Invoice):
        is_deleted = not invoice.number
        assert is_deleted or (Customer, invoice.account, invoice.buyer.id) in simulation.store.entities, invoice


def everything_waits_in_the_time_zone_of_its_account(simulation: Simulation) -> None:
    """Except for paid invoices that are to be sent again: they are too many to look at all, and never sent early."""
    assert simulation.store.all(TimeZoneChange) == []
    for invoice in simulation.store.all(Invoice):
        if invoice.status is Status.PAID:
            continue
        moved = in_time_zone(invoice, simulation.profile(invoice.account).time_zone)
        assert moved == invoice, (moved.next_overdue_at, moved.scheduled_send, invoice)
    for schedule in simulation.store.all(RecurringInvoice):
        if (following := schedule.next_billing_date) is not None:
            zone, send_at = simulation.profile(schedule.account).time_zone, schedule.send_at
            due = instant(following, send_at.hour, send_at.minute, zone)
            assert schedule.next_at == max(due, schedule.held_until or due), (schedule, due)


CAUGHT_UP = (everything_waits_in_the_time_zone_of_its_account,)
AT_REST = (nothing_is_mixed,)
