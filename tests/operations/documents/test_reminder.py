"""A reminder as a document: read when it is sent, and sent only while something is owed and is as it was read."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.operations.documents.document_type import SendableDocument
from invoicing.operations.documents.reminder import MOST_CHECKED, REMINDER, Reminder
from invoicing.operations.reactions.deliver_email import EmailServices
from invoicing.operations.unit_of_work.ports import MailDeferred, MailRefused, ObjectStore
from tests.builders import ACCOUNT, NOW, a_delivery, an_issued_invoice
from tests.fakes import Crash, FakeMailer, FakeObjectStore, FakeStore
from tests.office import Office
from tests.sending import an_order, deliver_one

PAID: dict[str, Any] = {"status": Status.PAID, "amount_paid": 100}
CANCELLED: dict[str, Any] = {"status": Status.CANCELLED}


def compose(reminder: Reminder, delivery: Delivery, _: ObjectStore) -> bytes:
    said = [f"{invoice.id}={invoice.amount_due}" for invoice in reminder.owed]
    return f"{reminder.lead.id}: {' '.join(said)}".encode()


def changed(store: FakeStore, invoice_id: str, **changes: Any) -> Invoice:
    """Store the next version of an invoice."""
    (before,) = (invoice for invoice in store.all(Invoice) if invoice.id == invoice_id)
    after = replace(before, version=before.version + 1, **changes)
    store.keep(after)
    return after


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


type Deliver = Callable[[], Delivery]


@pytest.fixture
def deliver(office: Office, store: FakeStore, mailer: FakeMailer) -> Deliver:
    return delivering(office, store, mailer, 3)


def delivering(office: Office, store: FakeStore, mailer: FakeMailer, count: int) -> Deliver:
    """Keep invoices and a reminder that names them, of which the first has no step that day."""
    invoices = [an_issued_invoice(id=f"inv_{index}", amount_paid=0) for index in range(1, count + 1)]
    named = tuple((invoice.id, 7 if index else None) for index, invoice in enumerate(invoices))
    mail = ReminderMail(
        account=ACCOUNT,
        id="rem_1",
        customer_id=invoices[0].buyer.id,
        day=NOW.date(),
        mode="per_customer",
        invoices=named,
        created_at=NOW,
    )
    store.keep(*invoices, mail, a_delivery(document_kind="reminder", document_id="rem_1"))
    document = SendableDocument(type=REMINDER, compose=compose)
    services = EmailServices(objects=FakeObjectStore(), mailer=mailer, documents={"reminder": document})
    return lambda: deliver_one(office.uow(), services, an_order(document_id="rem_1", document="reminder"))


def sent(mailer: FakeMailer) -> list[str]:
    return [message.decode() for message, *_ in mailer.taken]


def test_it_names_all_that_is_owed_worded_for_the_first_with_a_step(deliver: Deliver, mailer: FakeMailer) -> None:
    assert deliver().status is DeliveryStatus.SENT
    (message,) = sent(mailer)
    assert message.startswith("inv_2: inv_1=")
    assert deliver().status is DeliveryStatus.SENT
    assert len(mailer.taken) == 1


def test_what_is_settled_is_left_out(deliver: Deliver, store: FakeStore, mailer: FakeMailer) -> None:
    changed(store, "inv_2", **PAID)
    changed(store, "inv_3", **CANCELLED)
    deliver()
    (message,) = sent(mailer)
    assert message.split("=")[0] == "inv_1: inv_1"


@pytest.mark.parametrize(
    ("states", "failure"),
    [
        ([PAID, PAID, PAID], "paid"),
        ([CANCELLED, CANCELLED, CANCELLED], "cancelled"),
        ([CANCELLED, PAID, CANCELLED], "paid"),
    ],
)
def test_when_nothing_is_owed_it_is_not_sent(
    deliver: Deliver, store: FakeStore, mailer: FakeMailer, states: list[dict[str, Any]], failure: str
) -> None:
    for index, state in enumerate(states, 1):
        changed(store, f"inv_{index}", **state)
    delivery = deliver()
    assert (delivery.status, delivery.failure) == (DeliveryStatus.SKIPPED, failure)
    assert mailer.taken == []


@pytest.mark.parametrize("invoice", ["inv_1", "inv_2", "inv_3"])
def test_a_payment_after_it_was_composed_is_in_the_mail(
    deliver: Deliver, store: FakeStore, mailer: FakeMailer, invoice: str
) -> None:
    store.before_next_commit(lambda: changed(store, invoice, amount_paid=100, status=Status.PARTIALLY_PAID))
    due = {each.id: each.amount_due for each in store.all(Invoice)}
    assert deliver().status is DeliveryStatus.SENT
    (message,) = sent(mailer)
    assert f"{invoice}={due[invoice] - 100}" in message


def test_the_last_payment_in_the_last_moment_stops_it(deliver: Deliver, store: FakeStore, mailer: FakeMailer) -> None:
    changed(store, "inv_1", **PAID)
    changed(store, "inv_2", **PAID)
    store.before_next_commit(lambda: changed(store, "inv_3", **PAID))
    delivery = deliver()
    assert (delivery.status, delivery.failure, mailer.taken) == (DeliveryStatus.SKIPPED, "paid", [])


def test_after_a_crash_or_a_delay_it_is_sent_at_most_once(deliver: Deliver, mailer: FakeMailer) -> None:
    mailer.next_outcomes = [MailDeferred("Throttling"), Crash()]
    for error in (MailDeferred, Crash):
        with pytest.raises(error):
            deliver()
    taken = len(mailer.taken)
    with pytest.raises(Exception, match="dlv_1"):
        deliver()
    assert len(mailer.taken) == taken


def test_a_refusal_is_an_event_of_the_invoice_that_it_is_worded_for(
    deliver: Deliver, store: FakeStore, mailer: FakeMailer
) -> None:
    mailer.next_outcomes = [MailRefused("MessageRejected")]
    assert deliver().status is DeliveryStatus.FAILED
    (event,) = store.events.values()
    assert (event.type, event.resource_id) == ("invoice.email_failed", "inv_2")


def test_of_very_many_invoices_all_are_read_and_the_first_are_checked(
    office: Office, store: FakeStore, mailer: FakeMailer
) -> None:
    deliver = delivering(office, store, mailer, 230)
    store.before_next_commit(lambda: changed(store, f"inv_{MOST_CHECKED}", **PAID))
    assert deliver().status is DeliveryStatus.SENT
    (message,) = sent(mailer)
    assert message.count("=") == 229
    assert f"inv_{MOST_CHECKED}=" not in message
