"""Who an e-mail goes to: each mailbox once, and none that is suppressed."""

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.numbering.series import NumberReservation, NumberSeries
from invoicing.operations.credit_notes.send_credit_note import send_credit_note
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.builders import ACCOUNT, PAGE_URL, a_credit_note, a_customer, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.scheduling import TOMORROW, run, stored
from tests.operations.scheduling import send as schedule
from tests.sending import suppress


def send(office: Office, email: EmailRequest | None = None) -> UnitOfWork:
    """The unit of work that sent it, which has the warnings."""

    def use_case(uow: UnitOfWork) -> UnitOfWork:
        send_invoice(uow, "inv_1", email or EmailRequest(), page_url=PAGE_URL)
        return uow

    return office.run_use_case(use_case)


def ends(store: FakeStore) -> list[tuple[str | None, str, str | None]]:
    return [(each.recipient, str(each.status), each.failure) for each in store.all(Delivery)]


@pytest.fixture(params=["draft", "issued"])
def _invoice(store: FakeStore, request: pytest.FixtureRequest) -> None:
    store.keep(an_invoice() if request.param == "draft" else an_issued_invoice())


@pytest.mark.usefixtures("_invoice")
class TestSomeAreSuppressed:
    """Others get it."""

    def test_a_suppressed_copy_is_left_out_and_named(self, office: Office, store: FakeStore) -> None:
        suppress(store, "dead@x.example")
        sent = send(office, EmailRequest(to=("good@x.example",), cc=("dead@x.example", "c@x.example")))
        assert [(each.field, each.code) for each in sent.warnings] == [("cc[0]", "RECIPIENT_SUPPRESSED")]
        assert "dead@x.example" in sent.warnings[0].message
        assert ends(store) == [
            ("good@x.example", "queued", None),
            ("c@x.example", "queued", None),
            ("dead@x.example", "failed", "suppressed"),
        ]
        assert {(each.to, each.cc) for each in store.all(Delivery)} == {(("good@x.example",), ("c@x.example",))}

    def test_events_name_those_that_follow_and_the_one_that_failed(self, office: Office, store: FakeStore) -> None:
        was_issued = store.all(Invoice)[0].status is not Status.DRAFT
        suppress(store, "dead@x.example")
        send(office, EmailRequest(to=("good@x.example",), cc=("dead@x.example",)))
        good, dead = store.all(Delivery)
        sent, failed = (store.events[key] for key in sorted(store.events))
        assert sent.type == ("invoice.resent" if was_issued else "invoice.sent")
        assert (sent.data["email_requested"], sent.data["delivery_ids"]) == (True, [good.id])
        assert (failed.type, failed.data["delivery_id"]) == ("invoice.email_failed", dead.id)
        assert failed.data["failure"] == "suppressed"
        assert "@" not in str(sent.data) + str(failed.data)

    def test_copies_go_out_though_nobody_in_to_is_left(self, office: Office, store: FakeStore) -> None:
        suppress(store, "ap@initech.example")
        sent = send(office, EmailRequest(bcc=("c@x.example",)))
        assert [each.field for each in sent.warnings] == ["to[0]"]
        assert ends(store) == [("c@x.example", "queued", None), ("ap@initech.example", "failed", "suppressed")]

    @pytest.mark.parametrize(
        ("suppressed", "address"),
        [
            ("Bob@Example.COM", "bob@example.com"),
            ("bob@müller.example", "BOB@xn--mller-kva.example"),
            ("bob@xn--mller-kva.example", "bob@Müller.example"),
        ],
    )
    def test_any_spelling_is_suppressed(self, office: Office, store: FakeStore, suppressed: str, address: str) -> None:
        suppress(store, suppressed)
        send(office, EmailRequest(to=(address, "a@x.example")))
        assert ends(store)[1:] == [(address, "failed", "suppressed")]

    def test_another_accounts_suppressions_do_not_count(self, office: Office, store: FakeStore) -> None:
        suppress(store, "ap@initech.example", account="acc_2")
        suppress(store, "ap@initech.example", account=f"{ACCOUNT}#test")
        assert send(office).warnings == []
        assert ends(store) == [("ap@initech.example", "queued", None)]

    def test_whoever_is_suppressed_at_the_last_moment_is_left_out_too(self, office: Office, store: FakeStore) -> None:
        store.before_next_commit(lambda: suppress(store, "c@x.example"))
        sent = send(office, EmailRequest(cc=("c@x.example",)))
        assert [each.field for each in sent.warnings] == ["cc[0]"]
        assert ends(store)[1:] == [("c@x.example", "failed", "suppressed")]


class TestAllAreSuppressed:
    """Nobody would get it."""

    def test_a_draft_stays_a_draft_without_a_number(self, office: Office, store: FakeStore) -> None:
        draft = an_invoice()
        store.keep(draft)
        suppress(store, "AP@initech.example", "c@x.example")
        with pytest.raises(ValidationFailed) as refused:
            send(office, EmailRequest(cc=("c@x.example",)))
        assert [(each.field, each.code) for each in refused.value.details] == [
            ("to[0]", "RECIPIENT_SUPPRESSED"), ("cc[0]", "RECIPIENT_SUPPRESSED"),
        ]  # fmt: skip
        assert refused.value.code == "VALIDATION_FAILED"
        assert store.all(Invoice) == [draft]
        for kind in (Delivery, NumberReservation, NumberSeries, PageLink):
            assert store.all(kind) == []
        assert (store.events, store.commits) == ({}, 0)

    def test_it_is_refused_also_when_that_happens_at_the_last_moment(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        store.before_next_commit(lambda: suppress(store, "ap@initech.example"))
        with pytest.raises(ValidationFailed):
            send(office)
        assert (store.commits, stored(store).status) == (0, Status.DRAFT)

    def test_a_credit_note_is_refused_too(self, office: Office, store: FakeStore) -> None:
        store.keep(a_credit_note())
        suppress(store, "ap@initech.example")
        with pytest.raises(ValidationFailed):
            office.run_use_case(lambda uow: send_credit_note(uow, "cn_1", EmailRequest(), page_url=PAGE_URL))
        assert store.commits == 0

    def test_a_new_address_of_the_customer_is_free(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice(), a_customer(version=2, email="new@initech.example"))
        suppress(store, "ap@initech.example")
        send(office)
        assert ends(store) == [("new@initech.example", "queued", None)]


class TestScheduled:
    """Nobody waits for the response: what was promised is done all the same."""

    def test_a_draft_is_issued_and_its_delivery_failed(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        schedule(office, TOMORROW, EmailRequest(cc=("c@x.example",)))
        suppress(store, "ap@initech.example", "c@x.example")
        run(office)
        assert (stored(store).status, stored(store).number) == (Status.SENT, "INV-2026-001")
        assert ends(store) == [
            ("ap@initech.example", "failed", "suppressed"), ("c@x.example", "failed", "suppressed"),
        ]  # fmt: skip
        assert store.event_types()[1:] == ["invoice.sent", "invoice.email_failed", "invoice.email_failed"]
        sent = next(each for each in store.events.values() if each.type == "invoice.sent")
        assert sent.data["email_requested"] is False

    def test_an_issued_invoice_is_not_said_to_be_sent_again(self, office: Office, store: FakeStore) -> None:
        store.keep(an_issued_invoice())
        schedule(office, TOMORROW)
        suppress(store, "ap@initech.example")
        run(office)
        assert stored(store).scheduled_send is None
        assert ends(store) == [("ap@initech.example", "failed", "suppressed")]
        assert store.event_types()[1:] == ["invoice.updated", "invoice.email_failed"]

    def test_the_others_get_it(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        schedule(office, TOMORROW, EmailRequest(cc=("c@x.example",)))
        suppress(store, "ap@initech.example")
        run(office)
        assert ends(store) == [("c@x.example", "queued", None), ("ap@initech.example", "failed", "suppressed")]
        assert DeliveryStatus.QUEUED in {each.status for each in store.all(Delivery)}
