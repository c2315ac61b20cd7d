"""Cancelling a scheduled send."""

import pytest

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.errors import NotFound, PreconditionFailed
from invoicing.domain.invoices.invoice import Status
from invoicing.operations.invoices.cancel_scheduled_send import cancel_scheduled_send
from tests.builders import an_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.scheduling import TOMORROW, event, run, send, stored


def test_it_can_be_cancelled_once(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    send(office, TOMORROW)
    with pytest.raises(PreconditionFailed):
        office.run_use_case(lambda uow: cancel_scheduled_send(uow, "inv_1", if_version=1))
    office.run_use_case(lambda uow: cancel_scheduled_send(uow, "inv_1", if_version=2))
    draft = stored(store)
    assert (draft.status, draft.version, draft.scheduled_send) == (Status.DRAFT, 3, None)
    said = event(store, "invoice.updated")
    assert (said["changed"], said["scheduled_send_at"]) == (["scheduled_send_at"], None)
    with pytest.raises(NotFound) as refused:
        office.run_use_case(lambda uow: cancel_scheduled_send(uow, "inv_1"))
    assert refused.value.code == "SCHEDULED_SEND_NOT_FOUND"
    assert (run(office), store.all(Delivery)) == ([], [])


def test_a_send_that_went_out_meanwhile_cannot_be_cancelled(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    send(office, TOMORROW)
    store.before_next_commit(lambda: run(office))
    with pytest.raises(NotFound):
        office.run_use_case(lambda uow: cancel_scheduled_send(uow, "inv_1"))
    assert stored(store).status is Status.SENT
