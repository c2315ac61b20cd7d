"""Reading the reminders of an invoice."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.reminders.listing import coming_steps, past_steps
from invoicing.operations.reminders.get_invoice_reminders import get_invoice_reminders
from tests.operations.reminders.reminding import Business


def test_an_invoice_shows_its_steps_before_the_walk_has_come_to_it() -> None:
    business = Business()
    invoice = business.issue("2027-01-01")
    business.put_without_tick(0, 7)
    situation = get_invoice_reminders(business.office.uow(), invoice).situation
    assert [step.offset for step in past_steps(situation, business.office.now)] == [0]
    assert [step.offset for step in coming_steps(situation, business.office.now)] == [7]


def test_an_outcome_that_was_not_told_yet_is_shown() -> None:
    business = Business()
    business.put(7)
    first, second = business.issue("2027-03-01"), business.issue("2027-03-01")
    business.advance("2027-03-08 08:59")
    business.at("2027-03-08 09:00")
    business.tick()
    business.step(business.email_entry())
    for invoice in (first, second):
        (past,) = get_invoice_reminders(business.office.uow(), invoice).reminders.past
        assert past.status == "sent"


def test_an_invoice_that_does_not_exist_has_none() -> None:
    with pytest.raises(NotFound):
        get_invoice_reminders(Business().office.uow(), "inv_none")
