"""Sending an invoice."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import mark_viewed
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.money.discounts import Discount
from invoicing.domain.numbering.series import NumberReservation, NumberSeries
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from tests.builders import NOW, PAGE_URL, a_customer, a_line, a_new_invoice, an_account, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office

TO_CUSTOMER = EmailRequest()


def send(
    office: Office, invoice_id: str = "inv_1", email: EmailRequest | None = TO_CUSTOMER, if_version: int | None = None
) -> Invoice:
    return office.run_use_case(
        lambda uow: send_invoice(uow, invoice_id, email, page_url=PAGE_URL, if_version=if_version)
    )


def test_the_first_sending_issues_the_draft_in_one_commit(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    office.now = NOW + timedelta(days=3)
    invoice = send(office)
    assert store.commits == 1
    assert (invoice.status, invoice.number, invoice.version) == (Status.SENT, "INV-2026-001", 2)
    assert (invoice.sent_at, invoice.created_at) == (office.now, NOW)
    assert store.all(Invoice) == [invoice]
    assert [page.id for page in store.all(PageLink)] == [invoice.page_token]
    assert [taken.id for taken in store.all(NumberReservation)] == ["INV-2026-001"]
    assert [delivery.to for delivery in store.all(Delivery)] == [("ap@initech.example",)]
    assert store.event_types() == ["invoice.sent"]


def test_each_mailbox_gets_one_message(office: Office, store: FakeStore) -> None:
    """In the first list that names it."""
    store.keep(an_invoice())
    everywhere = EmailRequest(
        to=("Ada@x.example", "ada@x.example"), cc=("ADA@x.example", "b@x.example"), bcc=("B@x.example", "c@x.example")
    )
    send(office, email=everywhere)
    assert [delivery.recipient for delivery in store.all(Delivery)] == ["Ada@x.example", "b@x.example", "c@x.example"]
    for delivery in store.all(Delivery):
        assert (delivery.to, delivery.cc) == (("Ada@x.example",), ("b@x.example",))
        assert (delivery.status, delivery.version) == (DeliveryStatus.QUEUED, 1)
    (sent,) = store.events.values()
    assert sent.data["delivery_ids"] == [delivery.id for delivery in store.all(Delivery)]


def test_a_customer_whose_copies_name_itself_gets_one_message(office: Office, store: FakeStore) -> None:
    copies = ("AP@initech.example", "cfo@initech.example")
    store.keep(an_invoice(), a_customer(version=7, cc_emails=copies))
    send(office)
    assert [(delivery.recipient, delivery.to, delivery.cc) for delivery in store.all(Delivery)] == [
        (recipient, ("ap@initech.example",), ("cfo@initech.example",))
        for recipient in ("ap@initech.example", "cfo@initech.example")
    ]


def test_a_draft_is_issued_with_the_customers_data_of_today(office: Office, store: FakeStore) -> None:
    store.keep(
        an_invoice(), a_customer(version=7, name="Initrode", email="new@initrode.example", cc_emails=("b@i.io",))
    )
    invoice = send(office)
    assert (invoice.buyer.name, invoice.buyer.version) == ("Initrode", 7)
    assert [(delivery.to, delivery.cc) for delivery in store.all(Delivery)] == [
        (("new@initrode.example",), ("b@i.io",))
    ] * 2
    assert store.all(Invoice) == [invoice]


def test_a_draft_is_issued_with_the_accounts_data_of_today(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(), an_account(version=2, name="Acme AG"))
    seller = send(office).seller
    assert seller is not None
    assert seller.name == "Acme AG"


def test_a_customer_who_changes_while_the_invoice_is_sent_gets_the_new_data(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    store.before_next_commit(lambda: store.keep(a_customer(version=2, name="Initrode")))
    assert send(office).buyer.name == "Initrode"


def test_sending_again_makes_a_second_delivery_and_no_second_number(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    first = send(office)
    again = send(office)
    assert again == first
    assert len(store.all(Delivery)) == 2
    assert len(store.all(NumberReservation)) == len(store.all(PageLink)) == len(store.all(NumberSeries)) == 1
    assert store.event_types() == ["invoice.sent", "invoice.resent"]


def test_sending_again_goes_to_the_customers_address_of_today_and_changes_nothing_on_the_invoice(
    office: Office, store: FakeStore
) -> None:
    issued = an_issued_invoice()
    store.keep(issued, a_customer(version=2, name="Initrode", email="new@initrode.example"))
    assert send(office) == issued
    assert store.all(Invoice) == [issued]
    assert [delivery.to for delivery in store.all(Delivery)] == [("new@initrode.example",)]


@pytest.mark.parametrize("status", [Status.VIEWED, Status.OVERDUE, Status.PARTIALLY_PAID, Status.PAID])
def test_sending_again_keeps_the_status(office: Office, store: FakeStore, status: Status) -> None:
    store.keep(an_issued_invoice(status=status))
    assert send(office).status is status
    assert len(store.all(Delivery)) == 1


def test_an_invoice_opened_while_it_is_sent_again_stays_opened(office: Office, store: FakeStore) -> None:
    issued = an_issued_invoice()
    store.keep(issued)
    store.before_next_commit(lambda: store.keep(mark_viewed(issued, NOW)))
    assert send(office).status is Status.VIEWED
    assert store.all(Invoice)[0].viewed_at == NOW


def test_an_invoice_cancelled_while_it_is_sent_is_not_sent(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    store.before_next_commit(lambda: store.keep(an_invoice(version=2, status=Status.CANCELLED)))
    with pytest.raises(Conflict):
        send(office)
    assert (store.all(Delivery), store.all(NumberSeries), store.event_types()) == ([], [], [])


def test_a_cancelled_invoice_cannot_be_sent_and_the_answer_says_what_can(office: Office, store: FakeStore) -> None:
    store.keep(an_issued_invoice(status=Status.CANCELLED))
    with pytest.raises(Conflict) as refused:
        send(office)
    assert refused.value.code == "INVALID_INVOICE_STATE"
    assert refused.value.extra == {"status": "cancelled", "possible_actions": ["duplicate", "rotate_link"]}
    assert (store.commits, store.event_types()) == (0, [])


@pytest.mark.parametrize("issued", [False, True])
def test_with_nobody_to_send_to_nothing_is_written(office: Office, store: FakeStore, issued: bool) -> None:
    nobody = a_customer(email=None)
    invoice = an_issued_invoice(customer=nobody) if issued else an_invoice(customer=nobody)
    store.keep(nobody, invoice)
    with pytest.raises(ValidationFailed) as refused:
        send(office)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("to", "RECIPIENT_MISSING")]
    assert (store.commits, store.all(Invoice), store.event_types()) == (0, [invoice], [])


def test_the_client_may_say_who_gets_it(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(), a_customer(version=2, email=None, cc_emails=("boss@initech.example",)))
    send(office, email=EmailRequest(to=("a@x.example",), cc=(), bcc=("b@x.example",), subject="S", message="M"))
    assert [delivery.recipient for delivery in store.all(Delivery)] == ["a@x.example", "b@x.example"]
    for delivery in store.all(Delivery):
        assert (delivery.to, delivery.cc, delivery.subject, delivery.message) == (("a@x.example",), (), "S", "M")


def test_without_own_words_the_email_has_those_of_the_invoice(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(a_new_invoice(email_subject="Hello", email_message="Please pay")))
    send(office)
    assert [(delivery.subject, delivery.message) for delivery in store.all(Delivery)] == [("Hello", "Please pay")]


def test_marking_as_sent_issues_the_invoice_without_an_email(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(), a_customer(version=2, email=None))
    invoice = send(office, email=None)
    assert (invoice.status, invoice.number) == (Status.SENT, "INV-2026-001")
    assert store.all(Delivery) == []
    assert [event.data["email_requested"] for event in store.events.values()] == [False]


def test_marking_as_sent_what_was_sent_changes_nothing(office: Office, store: FakeStore) -> None:
    issued = an_issued_invoice()
    store.keep(issued)
    assert send(office, email=None) == issued
    assert (store.commits, store.event_types()) == (0, [])


def test_a_client_that_read_another_version_is_refused(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(version=3))
    with pytest.raises(PreconditionFailed) as refused:
        send(office, if_version=2)
    assert (refused.value.code, store.commits) == ("ETAG_MISMATCH", 0)
    assert send(office, if_version=3).version == 4


def test_a_client_that_is_overtaken_after_its_check_is_refused(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    store.before_next_commit(lambda: store.keep(an_invoice(version=2, notes="changed")))
    with pytest.raises(PreconditionFailed):
        send(office, if_version=1)
    assert (store.all(Delivery), store.event_types()) == ([], [])


def test_an_unknown_invoice_is_not_found(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(account="acc_2"))
    with pytest.raises(NotFound) as refused:
        send(office)
    assert refused.value.code == "INVOICE_NOT_FOUND"


def test_a_draft_with_its_own_number_keeps_it(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(number="OWN-1"), NumberReservation(account="acc_1", id="OWN-1", taken_by="inv_1"))
    assert send(office).number == "OWN-1"
    assert store.all(NumberSeries) == []


def test_the_year_of_the_number_is_that_of_the_issue_date(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(a_new_invoice(issue_date=date(2026, 11, 22))))
    office.now = NOW + timedelta(days=60)
    assert send(office).number == "INV-2026-001"


def test_an_issue_date_that_nobody_gave_is_the_day_of_issue(office: Office, store: FakeStore) -> None:
    """In the account's zone; a due date that nobody gave follows, a given one stays."""
    store.keep(an_account(time_zone="Asia/Tokyo", number_assign_on="issue"))
    store.keep(an_invoice(), an_invoice(a_new_invoice(due_date=date(2026, 12, 1)), id="inv_2"))
    office.now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    follows, given = send(office, "inv_1"), send(office, "inv_2")
    assert (follows.issue_date, follows.due_date) == (date(2027, 1, 1), date(2027, 1, 31))
    assert (given.issue_date, given.due_date) == (date(2027, 1, 1), date(2026, 12, 1))
    assert (follows.number, given.number) == ("INV-2027-001", "INV-2027-002")
    entries = store.all(LedgerEntry)
    assert [entry.date for entry in entries] == [date(2027, 1, 1)] * 2


def test_a_number_of_the_series_keeps_the_date_it_was_assigned_for(office: Office, store: FakeStore) -> None:
    store.keep(an_account(number_assign_on="create"))
    new = a_new_invoice()
    draft = office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))
    office.now = NOW + timedelta(days=60)
    issued = send(office, draft.id)
    assert (issued.number, issued.issue_date) == ("INV-2026-001", draft.issue_date)


def test_on_a_total_of_0_nothing_is_due_so_it_is_paid_when_it_is_sent(office: Office, store: FakeStore) -> None:
    free = a_line("1", "100", discount=Discount(type="percentage", value=Decimal(100)))
    store.keep(an_invoice(a_new_invoice(free)))
    invoice = office.run_use_case(lambda uow: send_invoice(uow, "inv_1", EmailRequest(), page_url=PAGE_URL))
    assert (invoice.total, invoice.status, invoice.paid_date) == (0, Status.PAID, None)
    assert store.event_types() == ["invoice.sent", "invoice.paid"]
