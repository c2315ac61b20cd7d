"""Steps of invoices that come: who is reminded and when; and what is not sent, and why."""

from datetime import date, timedelta
from typing import Any

import pytest

from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.reactions.run_due_work import run_due_work
from tests.books import current, pay
from tests.builders import ACCOUNT, PAGE_URL, a_customer
from tests.fake_due_work import FakeDueWork
from tests.operations.reminders.reminding import Business
from tests.operations.scheduling import TO_CUSTOMER

AFTER = {"every_days": 14, "times": 3}


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("Europe/Berlin", "2027-03-25"),
        ("America/New_York", "2027-11-04"),
        ("Australia/Sydney", "2027-03-31"),
        ("Asia/Kolkata", "2027-03-25"),
        ("America/Santiago", "2027-03-31"),
    ],
)
def test_nine_in_the_morning_stays_nine_when_the_clocks_change(zone: str, due: str) -> None:
    business = Business(zone)
    business.put(-3, 0, 7, AFTER)
    invoice = business.issue(due)
    business.advance("2027-12-31 12:00")
    days = [date.fromisoformat(due) + timedelta(days=step) for step in (-3, 0, 7, 21, 35, 49)]
    expected = [(f"{day:%m-%d} 09:00", [step]) for day, step in zip(days, (-3, 0, 7, 21, 35, 49), strict=True)]
    assert business.mailed() == expected
    assert business.listed(invoice) == (dict.fromkeys((-3, 0, 7, 21, 35, 49), "sent"), [])


def test_a_step_is_told_once_with_the_delivery_that_it_went_out_with() -> None:
    business = Business()
    business.put(7)
    invoice = business.issue("2027-03-01")
    business.advance("2027-03-08 09:00")
    (event,), (delivery,), (mail,) = business.events("sent"), business.deliveries(), business.mails
    assert (delivery.document_id, delivery.to, delivery.status) == (mail.id, ("ap@initech.example",), "queued")
    assert delivery.hosted_url == f"{PAGE_URL}/{current(business.store, business.invoice(invoice)).page_token}"
    told = {name: event.data[name] for name in ("step", "step_at", "delivery_ids", "email_requested")}
    assert told == {
        "step": 7,
        "step_at": "2027-03-08T08:00:00.000Z",
        "delivery_ids": [delivery.id],
        "email_requested": True,
    }
    assert (event.data["document"], event.data["document_id"]) == ("reminder", mail.id)


def test_however_often_a_tick_comes_a_step_is_sent_once() -> None:
    business = Business()
    business.put(0)
    invoice = business.issue("2027-03-01")
    business.at("2027-03-01 09:00")
    stale = DueEntry(business.office.now, Work.REMINDER, invoice, "InvoiceReminders", ACCOUNT)
    late = DueEntry(business.office.now, Work.REMINDER_EMAIL, "cust_123", "CustomerReminder", ACCOUNT)
    for _ in range(480):
        business.tick()
        for entry in (stale, late):
            run_due_work(entry, business.office.uow, FakeDueWork(business.store))
        business.office.now += timedelta(minutes=3)
    assert len(business.mails) == len(business.events("sent")) == len(business.deliveries()) == 1


def test_after_an_outage_the_latest_missed_step_goes_out_and_the_others_are_too_old() -> None:
    business = Business()
    business.put(0, 7, 14, 28)
    invoice = business.issue("2027-03-01")
    business.at("2027-03-16 10:00")
    business.tick()
    business.tick()
    assert business.mailed() == [("03-16 10:00", [14])]
    assert business.listed(invoice) == ({0: "too_old", 7: "too_old", 14: "sent"}, [(28, "03-29 09:00")])
    assert [(event.data["step"], event.data["reason"]) for event in business.events("skipped")] == [
        (0, "too_old"),
        (7, "too_old"),
    ]


def test_nobody_is_reminded_at_night_because_of_an_outage() -> None:
    business = Business()
    business.put(7)
    business.issue("2027-03-01")
    business.at("2027-03-08 23:30")
    business.tick()
    assert business.mails == []
    business.advance("2027-03-10 12:00")
    assert business.mailed() == [("03-09 09:00", [7])]


def test_what_was_gathered_before_an_outage_waits_for_the_next_hours_of_sending() -> None:
    business = Business()
    business.put(7)
    invoice = business.issue("2027-03-01")
    business.at("2027-03-08 12:59")
    run_due_work(
        DueEntry(business.office.now, Work.REMINDER, invoice, "InvoiceReminders", ACCOUNT),
        business.office.uow,
        FakeDueWork(business.store),
    )
    assert business.outcomes(invoice) == {7: "gathered"}
    business.at("2027-03-08 13:30")
    business.tick()
    assert business.mails == []
    business.advance("2027-03-10 12:00")
    assert business.mailed() == [("03-09 09:00", [7])]


def test_steps_of_the_past_are_not_made_up_for_when_reminders_are_switched_on() -> None:
    business = Business()
    due = [date(2026, 1, 1) + timedelta(days=7 * number) for number in range(61)]
    invoices = {str(day): business.issue(str(day)) for day in (*due, date(2027, 3, 5), date(2027, 3, 10))}
    business.at("2027-03-10 12:00")
    business.put(0, 7)
    business.tick()
    assert business.mails == []
    assert business.listed(invoices["2027-03-05"]) == ({0: "too_old"}, [(7, "03-12 09:00")])
    assert business.listed(invoices["2027-03-10"]) == ({0: "too_old"}, [(7, "03-17 09:00")])
    assert business.listed(invoices["2026-01-08"]) == ({0: "too_old", 7: "too_old"}, [])
    business.advance("2027-03-31 12:00")
    assert business.mailed() == [("03-12 09:00", [7]), ("03-17 09:00", [7])]


def test_issued_after_its_own_step_an_invoice_waits_for_the_next() -> None:
    business = Business()
    business.put(-3, 0, 7)
    business.at("2027-03-10 14:00")
    invoice = business.issue("2027-03-10")
    assert business.listed(invoice) == ({-3: "too_old", 0: "too_old"}, [(7, "03-17 09:00")])


@pytest.mark.parametrize(("mailed", "sent"), [(True, []), (False, [("03-10 09:00", [0])])])
def test_no_reminder_goes_out_on_the_day_of_the_invoice(*, mailed: bool, sent: list[Any]) -> None:
    business = Business()
    business.put(0)
    business.at("2027-03-10 08:00")
    invoice = business.issue("2027-03-10", mailed=True) if mailed else business.mark_as_sent("2027-03-10")
    business.advance("2027-03-11 12:00")
    assert business.mailed() == sent
    assert business.outcomes(invoice) == {0: "already_mailed" if mailed else "sent"}


def test_nor_on_the_day_on_which_it_was_sent_again() -> None:
    business = Business()
    business.put(0, 7)
    invoice = business.issue("2027-03-01")
    business.advance("2027-03-08 08:00")
    business.office.run_use_case(lambda uow: send_invoice(uow, invoice, TO_CUSTOMER, page_url=PAGE_URL))
    business.advance("2027-03-09 12:00")
    assert business.outcomes(invoice) == {0: "sent", 7: "already_mailed"}


def test_paid_a_moment_before_nothing_is_sent() -> None:
    business = Business()
    business.put(7)
    invoice = business.issue("2027-03-01")
    business.at("2027-03-08 09:00")
    pay(business.office, business.invoice(invoice), "100")
    business.tick()
    assert (business.mails, business.outcomes(invoice)) == ([], {7: "paid"})
    assert [event.data["reason"] for event in business.events("skipped")] == ["paid"]


def test_paid_between_the_look_and_the_email_nothing_is_sent() -> None:
    business = Business()
    business.put(7)
    invoice = business.issue("2027-03-01")
    business.at("2027-03-08 09:00")
    business.tick()
    assert business.outcomes(invoice) == {7: "gathered"}
    pay(business.office, business.invoice(invoice), "100")
    business.tick()
    assert (business.mails, business.outcomes(invoice)) == ([], {7: "paid"})
    assert [event.data["reason"] for event in business.events("skipped")] == ["paid"]
    assert business.reminded(invoice).recipient.reminder.reminded_at is None


def test_a_payment_while_the_look_decides_is_seen() -> None:
    business = Business()
    business.put(7)
    invoice = business.issue("2027-03-01")
    business.at("2027-03-08 14:00")
    business.store.before_next_commit(lambda: pay(business.office, business.invoice(invoice), "100"))
    business.tick()
    business.advance("2027-03-09 10:00")
    assert (business.mails, business.outcomes(invoice)) == ([], {7: "paid"})


def test_what_is_partly_paid_is_reminded_of() -> None:
    business = Business()
    business.put(0, 7)
    invoice = business.issue("2027-03-01", "1000")
    business.advance("2027-03-02 12:00")
    pay(business.office, business.invoice(invoice), "400")
    business.advance("2027-03-08 12:00")
    assert business.outcomes(invoice) == {0: "sent", 7: "sent"}
    assert [event.data["amount_due"] for event in business.events("sent")] == [1000, 600]


def test_a_cancelled_invoice_is_reminded_of_no_more() -> None:
    business = Business()
    business.put(7)
    invoice = business.issue("2027-03-01")
    business.office.run_use_case(lambda uow: void_invoice(uow, invoice, "Wrong"))
    business.advance("2027-03-31 12:00")
    assert (business.mails, business.listed(invoice)[1]) == ([], [])


def test_an_archived_customer_is_not_reminded() -> None:
    business = Business()
    business.put(0, 7)
    invoice = business.issue("2027-03-01")
    business.advance("2027-03-07 12:00")
    business.office.run_use_case(lambda uow: delete_customer(uow, "cust_123"))
    business.advance("2027-03-08 12:00")
    assert business.outcomes(invoice) == {0: "sent", 7: "customer_archived"}


def test_a_customer_without_an_address_is_not_reminded() -> None:
    business = Business()
    business.store.keep(a_customer(id="cust_silent", email=None))
    business.put(7)
    invoice = business.mark_as_sent("2027-03-01", customer="cust_silent")
    business.advance("2027-03-08 12:00")
    assert (business.deliveries(), business.outcomes(invoice)) == ([], {7: "no_email"})


def test_nothing_is_written_about_reminders_where_nobody_ever_spoke_of_them() -> None:
    business = Business()
    business.issue("2027-03-01")
    kinds = {kind.__name__ for kind, *_ in business.store.entities}
    assert not {name for name in kinds if "Reminder" in name}


def test_the_invoice_neither_changes_nor_meets_its_reminders() -> None:
    business = Business()
    business.put(0, 7)
    invoice = business.issue("2027-03-01")
    version = business.invoice(invoice).version
    business.advance("2027-02-28 12:00")
    pay(business.office, business.invoice(invoice), "40")
    assert (business.invoice(invoice).version, business.invoice(invoice).status) == (
        version + 1,
        Status.PARTIALLY_PAID,
    )
    assert isinstance(business.invoice(invoice), Invoice)
