"""One reminder a day for all invoices of a customer that have a step then."""

from collections import Counter
from contextlib import suppress
from datetime import time
from itertools import count

import pytest

from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.errors import ValidationFailed
from invoicing.domain.reminders.customer_reminder import CustomerReminder
from invoicing.domain.reminders.state import InvoiceReminders
from invoicing.operations.reactions.deliver_email import EmailOrder, EmailServices, deliver_email
from invoicing_documents.registry import sendable_documents
from tests.books import pay
from tests.builders import ACCOUNT, a_customer
from tests.fakes import Crash, FakeLedger, FakeMailer, FakeObjectStore
from tests.operations.reminders.reminding import Business, schedule


def three_invoices(mode: str) -> tuple[Business, dict[str, str]]:
    business = Business()
    business.put(0, 7, mode=mode)
    due = {"A": ("2027-03-01", "100"), "B": ("2027-03-03", "200"), "C": ("2027-03-10", "300")}
    names = {business.issue(day, price): name for name, (day, price) in due.items()}
    business.advance("2027-03-31 12:00")
    return business, names


def named(business: Business, names: dict[str, str]) -> list[tuple[str, str, str]]:
    """The day of each e-mail, the invoices with a step, and all that it names."""
    return [
        (
            f"{mail.day:%m-%d}",
            "".join(names[invoice] for invoice, step in mail.invoices if step is not None),
            "".join(names[invoice] for invoice, _ in mail.invoices),
        )
        for mail in business.mails
    ]


def test_steps_that_meet_go_out_in_one_email_and_share_its_delivery() -> None:
    business, names = three_invoices("per_invoice")
    assert named(business, names) == [
        ("03-01", "A", "A"),
        ("03-03", "B", "B"),
        ("03-08", "A", "A"),
        ("03-10", "BC", "BC"),
        ("03-17", "C", "C"),
    ]
    ids = {name: invoice for invoice, name in names.items()}
    shared = business.mails[3]
    (delivery,) = [each for each in business.deliveries() if each.document_id == shared.id]
    assert business.past(ids["B"])[1].delivery_ids == business.past(ids["C"])[0].delivery_ids == (delivery.id,)
    assert business.outcomes(ids["B"]) == business.outcomes(ids["C"]) == {0: "sent", 7: "sent"}
    assert len(business.events("sent")) == 6, "one for each step"
    assert [event.data["email_requested"] for event in business.events("sent")].count(True) == 5


def test_per_customer_names_all_that_is_open() -> None:
    business, names = three_invoices("per_customer")
    assert named(business, names) == [
        ("03-01", "A", "ABC"),
        ("03-03", "B", "ABC"),
        ("03-08", "A", "ABC"),
        ("03-10", "BC", "ABC"),
        ("03-17", "C", "ABC"),
    ]


def test_twenty_invoices_of_one_day_are_one_email() -> None:
    business = Business()
    business.put(7)
    invoices = [business.issue("2027-03-01") for _ in range(20)]
    business.advance("2027-03-31 12:00")
    (mail,) = business.mails
    assert {invoice for invoice, _ in mail.invoices} == set(invoices)
    assert len(business.events("sent")) == 20
    assert all(business.outcomes(invoice) == {7: "sent"} for invoice in invoices)


def test_what_was_paid_while_it_waited_is_not_named() -> None:
    business = Business()
    business.put(7)
    first, second = business.issue("2027-03-01"), business.issue("2027-03-01")
    business.at("2027-03-08 09:00")
    business.tick()
    pay(business.office, business.invoice(first), "100")
    business.advance("2027-03-08 10:00")
    (mail,) = business.mails
    assert mail.invoices == ((second, 7),)
    assert (business.outcomes(first), business.outcomes(second)) == ({7: "paid"}, {7: "sent"})


def test_what_comes_later_on_the_same_day_has_to_wait_for_its_next_step() -> None:
    business = Business()
    business.put(0)
    business.issue("2027-03-01")
    business.advance("2027-03-01 09:00")
    assert len(business.mails) == 1
    late = business.mark_as_sent("2027-02-28")
    business.put(1, 8, send_at=time(10))
    business.advance("2027-03-01 12:00")
    assert len(business.mails) == 1
    assert business.outcomes(late) == {1: "already_reminded"}
    business.advance("2027-03-08 12:00")
    assert business.outcomes(late) == {1: "already_reminded", 8: "sent"}


def test_customers_do_not_share_a_day() -> None:
    business = Business()
    business.store.keep(a_customer(id="cust_other"))
    business.put(0)
    business.issue("2027-03-01")
    business.issue("2027-03-01", customer="cust_other")
    business.advance("2027-03-01 12:00")
    assert [mail.customer_id for mail in business.mails] == ["cust_123", "cust_other"]


def test_killed_between_any_two_commits_each_step_is_sent_and_told_once() -> None:
    for survived in count():
        business = Business()
        business.put(7)
        invoices = [business.issue("2027-03-01") for _ in range(3)]
        business.advance("2027-03-08 08:59")
        business.at("2027-03-08 09:00")
        has_died = business.die_after(survived)
        for _ in range(4):
            with suppress(Crash):
                business.tick()
        assert len(business.mails) == len(business.deliveries()) == 1
        assert sorted(event.resource_id for event in business.events("sent")) == sorted(invoices)
        assert all(business.outcomes(invoice) == {7: "sent"} for invoice in invoices)
        if not has_died():
            break
    assert survived == 6, "three looks, the e-mail with what is told of the first, and two that are told"


def test_an_outcome_that_somebody_else_wrote_first_is_told_all_the_same() -> None:
    business = Business()
    business.put(7)
    invoices = [business.issue("2027-03-01") for _ in range(2)]
    business.at("2027-03-08 09:00")
    business.tick()
    business.step(business.email_entry())
    (waiting,) = business.store.all(CustomerReminder)
    (untold,) = waiting.outcomes
    business.override(untold, schedule=schedule(7, 30))
    (kept,) = [each for each in business.store.all(InvoiceReminders) if each.id == untold]
    assert kept.past[0].status == "sent"
    assert len(business.events("sent")) == 1
    business.tick()
    assert sorted(event.resource_id for event in business.events("sent")) == sorted(invoices)


def test_a_step_that_comes_while_the_last_email_is_told_is_gathered_for_the_next() -> None:
    business = Business()
    business.put(7)
    invoices = [business.issue("2027-03-01") for _ in range(2)]
    other = business.issue("2027-03-02")
    business.at("2027-03-08 09:00")
    business.tick()
    business.step(business.email_entry())
    business.at("2027-03-09 09:00")
    business.step(DueEntry(business.office.now, Work.REMINDER, other, "InvoiceReminders", ACCOUNT))
    business.advance("2027-03-09 12:00")
    assert business.mailed() == [("03-08 09:00", [7, 7]), ("03-09 09:00", [7])]
    assert all(business.outcomes(invoice) == {7: "sent"} for invoice in (*invoices, other))


def test_an_email_that_must_not_be_sent_any_more_is_taken_back_once_and_its_steps_are_skipped() -> None:
    business = Business()
    business.store.keep(a_customer(cc_emails=("boss@initech.example",)))
    business.put(7, 14)
    invoices = [business.issue("2027-03-01") for _ in range(2)]
    business.advance("2027-03-08 09:00")
    for invoice in invoices:
        pay(business.office, business.invoice(invoice), "100")
    documents = sendable_documents(sender="a@b.c", ledger=FakeLedger(business.store), store=business.store)
    services = EmailServices(objects=FakeObjectStore(), mailer=FakeMailer(), documents=documents)
    (ordered,) = [event for event in business.events("sent") if event.data["email_requested"]]
    order = EmailOrder(
        delivery_ids=tuple(ordered.data["delivery_ids"]), document="reminder", document_id=ordered.data["document_id"]
    )
    assert {each.status for each in deliver_email(business.office.uow(), services, order)} == {"skipped"}
    business.advance("2027-03-08 10:00")
    assert [business.outcomes(invoice) for invoice in invoices] == [{7: "paid"}] * 2
    told = Counter((event.resource_id, event.data["reason"]) for event in business.events("skipped"))
    assert told == Counter({(invoice, "paid"): 1 for invoice in invoices})


def test_to_a_suppressed_mailbox_no_reminder_goes() -> None:
    business = Business()
    business.put(7)
    invoice = business.issue("2027-03-01")
    business.store.keep(
        Suppression(
            account=ACCOUNT,
            id=mailbox_of("ap@initech.example"),
            version=1,
            address="ap@initech.example",
            reason="bounced",
            delivery_id="dlv_1",
            document_kind="invoice",
            document_id=invoice,
            created_at=business.office.now,
        )
    )
    business.advance("2027-03-09 12:00")
    assert (business.deliveries(), business.outcomes(invoice)) == ([], {7: "bounced"})
    with pytest.raises(ValidationFailed) as refused:
        business.remind(invoice)
    assert [each.code for each in refused.value.details] == ["RECIPIENT_SUPPRESSED"]
