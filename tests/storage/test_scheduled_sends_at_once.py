"""Scheduled sends under real threads, on Amazon's own DynamoDB Local: sent once, whoever does what at that moment."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from invoicing.domain.deliveries.delivery import DeliveryStatus
from invoicing.domain.due_work import Failure, Work
from invoicing.domain.errors import Conflict, NotFound
from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.scheduled_send import ScheduledSend
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.cancel_scheduled_send import cancel_scheduled_send
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.ports import Store
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.storage.dynamodb.database import Database
from tests.builders import NOW, PAGE_URL, an_invoice, an_issued_invoice
from tests.fakes import Crash, FakeMailer
from tests.sending import an_order, deliver_one, email_services
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.due_site import DueSite, Dying
from tests.storage.site import Site, at_once

ENTIRE = ScheduledSend(
    at=NOW,
    local="2026-11-22T12:00",
    send_email=False,
    to=("a@x.example", "b@x.example"),
    cc=(),
    bcc=("c@x.example",),
    subject="Hello",
    message="World",
    page_url=PAGE_URL,
    attempts=2,
    retry_at=NOW + timedelta(minutes=10),
    failure=Failure(code="PERIOD_LOCKED", message="The books are locked."),
)
TIME = NOW + timedelta(days=1)


@pytest.mark.parametrize("send", [ENTIRE, ScheduledSend(at=NOW, page_url=PAGE_URL), replace(ENTIRE, retry_at=None)])
def test_a_scheduled_send_is_read_as_it_was_written(store: Store, account: str, send: ScheduledSend) -> None:
    invoice = an_invoice(account=account, scheduled_send=send)
    changes = ChangeSet()
    changes.save(invoice)
    store.commit(changes)
    assert store.find(Ref(Invoice, account, invoice.id)) == invoice


class Sends(DueSite):
    """Scheduled sends of a site, and what became of them."""

    work, kind, first_id, time = Work.SCHEDULED_SEND, "Invoice", "inv_1", TIME

    def schedule(self, *invoices: Invoice) -> None:
        """Keep invoices that wait for their time."""
        self.site.keep(*(replace(each, account=self.site.account) for each in invoices))
        for each in invoices:
            self.use(lambda uow, each=each: _send(uow, each.id, later=True), at=NOW)  # type: ignore[misc]

    @property
    def invoice(self) -> Invoice:
        found = self.site.store.find(Ref(Invoice, self.site.account, "inv_1"))
        assert found is not None
        return found

    @property
    def sent(self) -> list[Event]:
        return self.events("invoice.sent") + self.events("invoice.resent")


def _send(uow: UnitOfWork, invoice_id: str = "inv_1", *, later: bool = False) -> Invoice:
    return send_invoice(uow, invoice_id, EmailRequest(), page_url=PAGE_URL, send_at=TIME if later else None)


@pytest.fixture
def sends(site: Site, local_tables: Database) -> Sends:
    return Sends(site, local_tables)


DRAFT, ISSUED = an_invoice(), an_issued_invoice()
EITHER = pytest.mark.parametrize("invoice", [DRAFT, ISSUED], ids=["draft", "issued"])


@ON_DYNAMODB_LOCAL
@pytest.mark.usefixtures("patient")
class TestAtOnce:
    @EITHER
    def test_of_50_ticks_one_sends(self, sends: Sends, invoice: Invoice) -> None:
        sends.schedule(invoice)
        outcomes = at_once(50, lambda _: sends.tick())
        assert Counter(map(str, outcomes)) == {str([Work.SCHEDULED_SEND]): 1, "[]": 49}
        assert (sends.invoice.status, sends.invoice.scheduled_send) == (Status.SENT, None)
        assert len(sends.deliveries) == len(sends.sent) == 1

    def test_20_drafts_that_are_due_at_one_instant_have_numbers_without_a_gap(self, sends: Sends) -> None:
        sends.schedule(*(an_invoice(id=f"inv_{number}") for number in range(20)))
        at_once(40, lambda index: sends.tick(f"inv_{index % 20}"))
        numbers = [str(event.data["invoice_number"]) for event in sends.sent]
        assert sorted(numbers) == [f"INV-2026-{number:03}" for number in range(1, 21)]
        assert len(sends.deliveries) == 20

    @EITHER
    def test_sent_at_once_while_it_is_due_each_mail_has_its_own_reason(self, sends: Sends, invoice: Invoice) -> None:
        """Who comes after the schedule sends again, as asked; nobody else does."""
        sends.schedule(invoice)
        outcomes = at_once(10, lambda index: sends.use(_send) if index == 5 else sends.tick())
        scheduled = sum(outcome == [Work.SCHEDULED_SEND] for outcome in outcomes)
        assert isinstance(outcomes[5], Invoice)
        assert len(sends.deliveries) == len(sends.sent) == 1 + scheduled
        assert (sends.invoice.scheduled_send, sends.invoice.number) == (None, "INV-2026-001")

    @EITHER
    def test_cancelled_while_it_is_due_it_is_either(self, sends: Sends, invoice: Invoice) -> None:
        """The answer to who cancels says which."""
        sends.schedule(invoice)
        outcomes = at_once(
            10, lambda index: sends.use(lambda uow: cancel_scheduled_send(uow, "inv_1")) if index == 5 else sends.tick()
        )
        is_sent = isinstance(outcomes[5], NotFound)
        assert is_sent or outcomes[5] is None
        assert len(sends.deliveries) == len(sends.sent) == is_sent
        assert sends.invoice.scheduled_send is None

    @EITHER
    def test_voided_while_it_is_due_it_is_cancelled_in_the_end_and_mailed_to_nobody(
        self, sends: Sends, invoice: Invoice
    ) -> None:
        sends.schedule(invoice)
        outcomes = at_once(
            10, lambda index: sends.use(lambda uow: void_invoice(uow, "inv_1", None)) if index == 5 else sends.tick()
        )
        assert not isinstance(outcomes[5], Conflict)
        assert (sends.invoice.status, sends.invoice.scheduled_send) == (Status.CANCELLED, None)
        mailer = FakeMailer()
        for delivery in sends.deliveries:
            uow = sends.site.uow(ChangeSet())
            ended = deliver_one(uow, email_services(mailer), an_order(delivery.id))
            assert ended.status is DeliveryStatus.SKIPPED
        assert len(sends.deliveries) <= 1
        assert mailer.taken == []

    @EITHER
    def test_a_worker_that_dies_at_any_call_leaves_it_to_the_next(self, sends: Sends, invoice: Invoice) -> None:
        sends.schedule(invoice)
        calls = 0
        while True:
            dying = Dying(sends.site.store, calls)
            try:
                sends.tick(store=dying)
            except Crash:
                calls += 1
            else:
                break
        assert calls >= 3, "a read, a write, and after the write"
        assert sends.tick() == []
        assert sends.invoice.status is Status.SENT
        assert len(sends.deliveries) == len(sends.sent) == 1
