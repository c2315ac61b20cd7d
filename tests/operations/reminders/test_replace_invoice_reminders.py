"""Reminders of an invoice's own: on, off, muted, by another schedule; and those of a customer."""

from datetime import date

import pytest

from invoicing.domain.errors import NotFound, ValidationFailed
from invoicing.domain.reminders.account_reminders import AccountReminders
from invoicing.domain.reminders.settings import ScheduleEntry
from invoicing.domain.reminders.state import InvoiceReminders
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.delete_invoice import delete_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from tests.builders import PAGE_URL, a_line, a_new_invoice
from tests.operations.reminders.reminding import Business, schedule
from tests.operations.scheduling import TO_CUSTOMER

PROMISED = date(2027, 3, 22)


def test_a_promise_to_pay_keeps_its_day_and_uses_up_what_it_mutes() -> None:
    business = Business()
    business.put(0, 7, {"every_days": 14, "times": 3})
    invoice = business.issue("2027-03-01")
    business.advance("2027-03-02 12:00")
    business.override(invoice, mute_until=PROMISED)
    business.advance("2027-06-01 12:00")
    assert business.outcomes(invoice) == {0: "sent", 7: "muted", 21: "muted", 35: "sent", 49: "sent"}
    assert [day for day, _ in business.mailed()] == ["03-01 09:00", "04-05 09:00", "04-19 09:00"]


def test_an_invoice_is_switched_off_by_itself() -> None:
    business = Business()
    business.put(7)
    silent, other = business.issue("2027-03-01"), business.issue("2027-03-01")
    business.override(silent, enabled=False)
    business.advance("2027-03-31 12:00")
    assert [mail.invoices for mail in business.mails] == [((other, 7),)]
    assert business.outcomes(silent) == {}


def test_an_invoice_can_be_reminded_of_though_the_account_never_spoke_of_reminders() -> None:
    business = Business()
    invoice = business.issue("2027-03-01")
    business.override(invoice, enabled=True, schedule=schedule(7))
    (own,) = business.store.all(AccountReminders)
    assert (own.settings.enabled, own.page_url) == (False, PAGE_URL)
    business.advance("2027-03-31 12:00")
    assert business.mailed() == [("03-08 09:00", [7])]
    assert business.deliveries()[0].hosted_url.startswith(f"{PAGE_URL}/")


def test_what_is_left_out_is_as_for_all_again() -> None:
    business = Business()
    business.put(7)
    invoice = business.issue("2027-03-01")
    business.override(invoice, enabled=False)
    business.override(invoice)
    business.advance("2027-03-31 12:00")
    assert business.outcomes(invoice) == {7: "sent"}


def test_a_draft_takes_its_own_reminders_along_when_it_is_issued() -> None:
    business = Business()
    business.put(0, 7)
    new = a_new_invoice(a_line("1", "100"), due_date=date(2027, 3, 1), issue_date=None)
    draft = business.office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))
    business.override(draft.id, schedule=schedule(3))
    assert business.store.all(InvoiceReminders)[0].next_at is None
    business.office.run_use_case(lambda uow: send_invoice(uow, draft.id, TO_CUSTOMER, page_url=PAGE_URL))
    business.advance("2027-03-31 12:00")
    assert business.outcomes(draft.id) == {3: "sent"}


def test_a_draft_that_is_deleted_leaves_none_behind() -> None:
    business = Business()
    new = a_new_invoice(a_line("1", "100"))
    draft = business.office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))
    business.override(draft.id, enabled=False)
    business.office.run_use_case(lambda uow: delete_invoice(uow, draft.id))
    assert business.store.all(InvoiceReminders) == []


def test_a_customer_is_switched_off_muted_or_given_another_schedule() -> None:
    business = Business()
    business.put(7)
    invoice = business.issue("2027-03-01")
    business.override_customer(schedule=schedule(3, 9))
    business.tick()
    business.advance("2027-03-05 12:00")
    assert business.outcomes(invoice) == {3: "sent"}
    business.override_customer(schedule=schedule(3, 9), mute_until=date(2027, 3, 10))
    business.advance("2027-03-31 12:00")
    assert business.outcomes(invoice) == {3: "sent", 9: "muted"}
    business.override_customer(enabled=False)
    business.tick()
    assert business.reminded(invoice).reminders.next_at is None


def test_an_impossible_schedule_is_refused() -> None:
    business = Business()
    invoice = business.issue("2027-03-01")
    with pytest.raises(ValidationFailed) as refused:
        business.override(invoice, schedule=(ScheduleEntry(offset_days=1), ScheduleEntry(offset_days=1)))
    assert refused.value.details[0].field == "schedule[1].offset_days"


def test_the_schedule_of_a_customer_is_named_by_its_path() -> None:
    with pytest.raises(ValidationFailed) as refused:
        Business().override_customer(schedule=(ScheduleEntry(),))
    assert refused.value.details[0].field == "reminders.schedule[0]"


def test_an_invoice_that_does_not_exist_gets_none() -> None:
    with pytest.raises(NotFound):
        Business().override("inv_none", enabled=False)
