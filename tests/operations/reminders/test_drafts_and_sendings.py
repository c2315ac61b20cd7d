"""What is done to an invoice before its reminders, and what the hours of reminders do not hold up."""

from datetime import date, time

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import Conflict
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from tests.builders import PAGE_URL, a_line, a_new_invoice
from tests.operations.reminders.reminding import Business


def test_a_due_date_that_was_moved_while_it_was_a_draft_is_the_one_that_counts() -> None:
    business = Business()
    business.put(0, 7)
    new = a_new_invoice(a_line("1", "100"), due_date=date(2027, 3, 1), issue_date=None)
    office = business.office
    draft = office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))
    office.run_use_case(lambda uow: update_invoice(uow, draft.id, {"due_date": date(2027, 3, 8)}))
    office.run_use_case(lambda uow: send_invoice(uow, draft.id, None, page_url=PAGE_URL))
    assert business.listed(draft.id)[1] == [(0, "03-08 09:00"), (7, "03-15 09:00")]
    with pytest.raises(Conflict):
        office.run_use_case(lambda uow: update_invoice(uow, draft.id, {"due_date": date(2027, 3, 15)}))
    business.advance("2027-03-31 12:00")
    assert business.mailed() == [("03-08 09:00", [0]), ("03-15 09:00", [7])]


@pytest.mark.parametrize("hour", ["06:00", "23:30"])
def test_what_a_person_sends_does_not_wait_for_the_hours_of_reminders(hour: str) -> None:
    business = Business()
    business.put(0, send_at=time(10), weekdays=("mon",))
    business.at(f"2027-03-02 {hour}")
    invoice = business.issue("2027-03-15")
    (delivery,) = business.store.all(Delivery)
    assert (delivery.document_id, delivery.status) == (invoice, DeliveryStatus.QUEUED)
    (sent,) = [event for event in business.store.events.values() if event.type == "invoice.sent"]
    assert (sent.occurred_at, sent.data["email_requested"]) == (business.office.now, True)
