"""Scheduled sends that did not come to be, because somebody changed their mind."""

from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.due_work import Work
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.operations.invoices.delete_invoice import delete_invoice
from invoicing.operations.invoices.revise_invoice import revise_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.builders import NOW, a_line, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.scheduling import TOMORROW, event, run, send, stored


def void(uow: UnitOfWork) -> None:
    void_invoice(uow, "inv_1", None)


def pay(amount: str) -> Any:
    return lambda uow: record_invoice_payment(uow, "inv_1", NewPayment(amount=Decimal(amount), method="cash"))


class TestAnotherMind:
    """What happens to an invoice before the time of its send."""

    def test_a_deleted_draft_is_not_sent(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW)
        office.run_use_case(lambda uow: delete_invoice(uow, "inv_1"))
        assert (run(office), store.all(Invoice), store.all(Delivery)) == ([], [], [])

    def test_changed_content_goes_out(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW)
        changes = {"lines": (a_line("1", "5"),), "notes": "Changed"}
        assert office.run_use_case(lambda uow: update_invoice(uow, "inv_1", changes)).scheduled_send is not None
        run(office)
        assert (stored(store).status, stored(store).total, stored(store).notes) == (Status.SENT, 500, "Changed")

    @pytest.mark.parametrize(
        ("change", "status"),
        [
            (void, Status.CANCELLED),
            (lambda uow: void_invoice(uow, "inv_1", None, credit_note=False), Status.CANCELLED),
            (lambda uow: revise_invoice(uow, "inv_1", None), Status.CANCELLED),
            (lambda uow: write_off_invoice(uow, "inv_1", None), Status.PAID),
            (pay("1836"), Status.PAID),
        ],
    )
    def test_what_ends_an_issued_invoice_ends_its_send(
        self, office: Office, store: FakeStore, change: Any, status: Status
    ) -> None:
        store.keep(an_issued_invoice())
        send(office, TOMORROW)
        office.run_use_case(change)
        invoice = next(each for each in store.all(Invoice) if each.id == "inv_1")
        assert (invoice.status, invoice.scheduled_send) == (status, None)
        last = [each for each in store.events.values() if each.resource_id == "inv_1"][-1]
        assert last.data["scheduled_send_at"] is None
        assert (run(office), store.all(Delivery)) == ([], [])

    def test_a_voided_draft_is_not_sent(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice())
        send(office, TOMORROW)
        office.run_use_case(void)
        assert (run(office), store.all(Delivery)) == ([], [])

    @pytest.mark.parametrize(
        "change", [pay("1"), lambda uow: write_off_invoice(uow, "inv_1", None, amount=Decimal("0.01"))]
    )
    def test_while_something_is_due_it_is_sent(self, office: Office, store: FakeStore, change: Any) -> None:
        store.keep(an_issued_invoice())
        send(office, TOMORROW)
        office.run_use_case(change)
        assert run(office) == [Work.SCHEDULED_SEND]
        assert len(store.all(Delivery)) == 1

    def test_a_copy_of_a_paid_invoice_that_was_scheduled_after_it_was_paid_goes_out(
        self, office: Office, store: FakeStore
    ) -> None:
        store.keep(an_issued_invoice())
        office.run_use_case(pay("1836"))
        send(office, TOMORROW)
        run(office)
        assert (stored(store).status, len(store.all(Delivery))) == (Status.PAID, 1)

    @pytest.mark.parametrize("issued", [False, True])
    def test_what_is_sent_now_goes_now_and_not_again(self, office: Office, store: FakeStore, issued: bool) -> None:
        store.keep(an_issued_invoice() if issued else an_invoice())
        send(office, TOMORROW)
        office.now = NOW.replace(hour=3)
        sent = send(office)
        assert sent.scheduled_send is None
        assert stored(store) == sent
        assert len(store.all(Delivery)) == 1
        assert event(store, "invoice.resent" if issued else "invoice.sent")["scheduled_send_at"] is None
        assert (run(office), len(store.all(Delivery))) == ([], 1)

    def test_marking_as_sent_what_is_sent_drops_the_schedule(self, office: Office, store: FakeStore) -> None:
        store.keep(an_issued_invoice())
        send(office, TOMORROW)
        assert send(office, email=None).scheduled_send is None
        assert (run(office), store.all(Delivery)) == ([], [])
