"""Sending one order to several mailboxes, each once."""

from collections.abc import Callable
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.invoices.lifecycle import void
from invoicing.operations.reactions.deliver_email import LEASE, DeliveryInProgress, deliver_email, most_notable
from invoicing.operations.unit_of_work.ports import MailDeferred, MailRefused
from tests.builders import NOW, a_delivery, an_issued_invoice
from tests.fakes import Crash, FakeMailer, FakeObjectStore, FakeStore
from tests.office import Office
from tests.sending import an_order, email_services, suppress


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


class TestSeveralRecipients:
    """One order with a delivery for each mailbox."""

    @pytest.fixture
    def deliver_all(self, office: Office, store: FakeStore, mailer: FakeMailer) -> Callable[[], list[Delivery]]:
        store.keep(an_issued_invoice(), *(a_delivery(id=f"dlv_{n}", recipient=f"{n}@x.example") for n in (1, 2, 3)))
        services, order = email_services(mailer), an_order("dlv_1", "dlv_2", "dlv_3")
        return lambda: deliver_email(office.uow(), services, order)

    def recipients(self, mailer: FakeMailer) -> list[str]:
        return [recipient for _, recipient in mailer.taken]

    def states(self, store: FakeStore) -> list[str]:
        return [str(delivery.status) for delivery in store.all(Delivery)]

    def test_each_gets_a_message_of_its_own(
        self, deliver_all: Callable[[], list[Delivery]], mailer: FakeMailer
    ) -> None:
        assert [delivery.message_id for delivery in deliver_all()] == ["message-1", "message-2", "message-3"]
        assert self.recipients(mailer) == ["1@x.example", "2@x.example", "3@x.example"]
        assert [tags["delivery"] for tags in mailer.tags] == ["dlv_1", "dlv_2", "dlv_3"]

    def test_the_document_is_drawn_and_fetched_once(self, office: Office, store: FakeStore, mailer: FakeMailer) -> None:
        store.keep(an_issued_invoice(), *(a_delivery(id=f"dlv_{n}") for n in (1, 2, 3)))
        drawn: list[object] = []
        fetched: list[str] = []

        class Objects(FakeObjectStore):
            def fetch(self, name: str) -> bytes | None:
                fetched.append(name)
                return super().fetch(name)

        def draw(invoice: object, _: object) -> bytes:
            drawn.append(invoice)
            return b"PDF"

        services = email_services(mailer, objects=Objects(), render=draw)
        deliver_email(office.uow(), services, an_order("dlv_1", "dlv_2", "dlv_3"))
        assert (len(drawn), len(fetched), len(mailer.taken)) == (1, 1, 3)

    @pytest.mark.parametrize("number", [0, 1, 2])
    def test_one_that_has_to_wait_keeps_no_other_from_being_sent(
        self, deliver_all: Callable[[], list[Delivery]], store: FakeStore, mailer: FakeMailer, number: int
    ) -> None:
        outcomes: list[Any] = [None, None, None]
        outcomes[number] = MailDeferred("Throttling")
        mailer.next_outcomes = outcomes
        with pytest.raises(MailDeferred):
            deliver_all()
        assert self.states(store) == ["queued" if each == number else "sent" for each in range(3)]
        deliver_all()
        assert sorted(self.recipients(mailer)) == ["1@x.example", "2@x.example", "3@x.example"]

    @pytest.mark.parametrize("number", [0, 1, 2])
    def test_wherever_it_dies_no_mailbox_gets_it_twice(
        self,
        office: Office,
        store: FakeStore,
        deliver_all: Callable[[], list[Delivery]],
        mailer: FakeMailer,
        number: int,
    ) -> None:
        outcomes: list[Any] = [None, None, None]
        outcomes[number] = Crash()
        mailer.next_outcomes = outcomes
        with pytest.raises(Crash):
            deliver_all()
        mailer.next_outcomes = []
        with pytest.raises(DeliveryInProgress):
            deliver_all()
        office.now = NOW + LEASE
        deliver_all()
        assert sorted(self.recipients(mailer)) == ["1@x.example", "2@x.example", "3@x.example"]
        assert self.states(store) == ["unconfirmed" if each == number else "sent" for each in range(3)]

    def test_one_that_is_refused_fails_alone(
        self, deliver_all: Callable[[], list[Delivery]], store: FakeStore, mailer: FakeMailer
    ) -> None:
        mailer.next_outcomes = [MailRefused("MessageRejected")]
        deliveries = deliver_all()
        assert self.states(store) == ["failed", "sent", "sent"]
        assert most_notable(deliveries) is DeliveryStatus.FAILED

    def test_once_it_is_cancelled_no_further_one_is_sent(
        self, deliver_all: Callable[[], list[Delivery]], store: FakeStore, mailer: FakeMailer
    ) -> None:
        mailer.while_sending = lambda: store.keep(void(an_issued_invoice(), None, NOW))
        deliver_all()
        assert self.states(store) == ["sent", "skipped", "skipped"]

    def test_a_mailbox_that_is_suppressed_while_the_document_is_drawn_gets_nothing(
        self, office: Office, store: FakeStore, deliver_all: Callable[[], list[Delivery]], mailer: FakeMailer
    ) -> None:
        def draw(_: object, __: object) -> bytes:
            suppress(store, "1@X.example", "3@x.example")
            return b"PDF"

        order = an_order("dlv_1", "dlv_2", "dlv_3")
        deliveries = deliver_email(office.uow(), email_services(mailer, render=draw), order)
        assert [delivery.failure for delivery in deliveries] == ["suppressed", None, "suppressed"]
        assert self.recipients(mailer) == ["2@x.example"]
        assert store.event_types() == ["invoice.email_failed"] * 2
        assert deliver_all() == deliveries
