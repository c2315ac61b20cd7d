"""Accounts: what belongs to one is not mixed with another's, and a change of its time zone reaches everything."""

from invoicing.domain.invoices.due_work import in_time_zone
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.time_zone_change import TimeZoneChange
from tests.simulation.invariants.requests import effects
from tests.simulation.simulation import Simulation


def nothing_is_mixed(simulation: Simulation) -> None:
    for effect in effects(simulation):
        assert simulation.sent_by[effect.key].account == effect.account, effect
    for invoice in simulation.store.all(Invoice):
        is_deleted = not invoice.number
        assert is_deleted or (Customer, invoice.account, invoice.buyer.id) in simulation.store.entities, invoice


def everything_waits_in_the_time_zone_of_its_account(simulation: Simulation) -> None:
    assert not simulation.store.all(TimeZoneChange)
    for invoice in simulation.store.all(Invoice):
        assert in_time_zone(invoice, simulation.profile(invoice.account).time_zone) == invoice


CAUGHT_UP = (everything_waits_in_the_time_zone_of_its_account,)
AT_REST = (nothing_is_mixed,)
