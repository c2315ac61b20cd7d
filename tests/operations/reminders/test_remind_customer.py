"""Reminders by hand."""

from datetime import date

import pytest

from invoicing.domain.errors import Conflict, NotFound, ValidationFailed
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.void_invoice import void_invoice
from tests.books import pay
from tests.builders import PAGE_URL, a_customer, a_line, a_new_invoice
from tests.operations.reminders.reminding import Business


def test_it_goes_at_once_and_counts_for_the_day() -> None:
    business = Business()
    business.put(7, 14, weekdays=("mon",))
    invoice = business.issue("2027-03-01")
    business.advance("2027-03-08 08:30")
    reminded = business.remind(invoice)
    (by_hand,), (delivery,) = reminded.reminders.by_hand, business.deliveries()
    assert (by_hand.sent_at, by_hand.delivery_ids) == (business.office.now, (delivery.id,))
    (event,) = business.events("sent")
    assert (event.data["step"], event.data["delivery_ids"], event.data["document"]) == (None, [delivery.id], "reminder")
    business.advance("2027-03-31 12:00")
    assert business.outcomes(invoice) == {7: "already_reminded", 14: "sent"}
    assert business.mailed() == [("03-08 08:30", [None]), ("03-15 09:00", [14])]


@pytest.mark.parametrize("at", ["2027-03-07 03:00", "2027-03-06 23:59"])
def test_the_hour_and_the_day_of_the_week_do_not_matter(at: str) -> None:
    business = Business()
    business.put(7, weekdays=("mon",))
    invoice = business.issue("2027-03-01")
    business.at(at)
    business.remind(invoice)
    assert len(business.mails) == 1


def test_it_needs_no_settings_at_all() -> None:
    business = Business()
    business.remind(business.issue("2027-03-01"))
    assert business.mails[0].mode == "per_invoice"


def test_it_silences_the_other_invoices_of_the_customer_for_the_day() -> None:
    business = Business()
    business.put(7)
    first, second = business.issue("2027-03-01"), business.issue("2027-03-01")
    business.advance("2027-03-08 08:30")
    business.remind(first)
    business.advance("2027-03-09 12:00")
    assert business.outcomes(second) == {7: "already_reminded"}


def test_asked_for_twice_it_goes_twice() -> None:
    business = Business()
    invoice = business.issue("2027-03-01")
    business.remind(invoice)
    business.remind(invoice)
    assert len(business.deliveries()) == len(business.events("sent")) == 2


def test_of_what_is_not_due_there_is_none() -> None:
    business = Business()
    new = a_new_invoice(a_line("1", "100"), due_date=date(2027, 3, 1), issue_date=None)
    draft = business.office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))
    paid, cancelled = business.issue("2027-03-01"), business.issue("2027-03-01")
    pay(business.office, business.invoice(paid), "100")
    business.office.run_use_case(lambda uow: void_invoice(uow, cancelled, "Wrong"))
    for invoice in (draft.id, paid, cancelled):
        with pytest.raises(Conflict) as refused:
            business.remind(invoice)
        assert refused.value.code == "INVALID_INVOICE_STATE"
    assert business.deliveries() == []


def test_without_an_address_it_is_refused() -> None:
    business = Business()
    business.store.keep(a_customer(id="cust_silent", email=None))
    invoice = business.mark_as_sent("2027-03-01", customer="cust_silent")
    with pytest.raises(ValidationFailed) as refused:
        business.remind(invoice)
    assert [(each.field, each.code) for each in refused.value.details] == [("customer.email", "RECIPIENT_MISSING")]


def test_it_goes_to_an_archived_customer_too() -> None:
    business = Business()
    invoice = business.issue("2027-03-01")
    business.office.run_use_case(lambda uow: delete_customer(uow, "cust_123"))
    business.remind(invoice)
    assert len(business.deliveries()) == 1


def test_of_an_invoice_that_does_not_exist_there_is_none() -> None:
    with pytest.raises(NotFound):
        Business().remind("inv_none")


def test_the_address_of_this_moment_is_used() -> None:
    business = Business()
    invoice = business.issue("2027-03-01")
    business.store.before_next_commit(lambda: business.store.keep(a_customer(version=9, email="new@initech.example")))
    business.remind(invoice)
    assert business.deliveries()[0].to == ("new@initech.example",)
