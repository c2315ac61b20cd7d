"""Deleting a draft."""

import pytest

from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.numbering.series import NumberReservation
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.delete_invoice import delete_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from tests.builders import PAGE_URL, a_new_invoice, an_account, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office


def delete(office: Office, invoice_id: str = "inv_1", if_version: int | None = None) -> None:
    office.run_use_case(lambda uow: delete_invoice(uow, invoice_id, if_version=if_version))


def create(office: Office, number: str | None = None) -> Invoice:
    new = a_new_invoice(number=number)
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))


def test_a_draft_is_gone_and_others_stay(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(), other := an_invoice(id="inv_2"))
    delete(office)
    assert store.all(Invoice) == [other]
    assert (store.reads, store.commits, store.event_types()) == (1, 1, ["invoice.deleted"])
    with pytest.raises(NotFound):
        delete(office)


def test_the_clients_own_number_is_free_again(office: Office, store: FakeStore) -> None:
    delete(office, create(office, "OWN-1").id)
    assert store.all(NumberReservation) == []
    assert create(office, "OWN-1").number == "OWN-1"


def test_a_number_of_the_series_would_leave_a_gap(office: Office, store: FakeStore) -> None:
    store.keep(an_account(number_assign_on="create"))
    draft = create(office)
    assert draft.number == "INV-2026-001"
    with pytest.raises(Conflict, match="its number was assigned by the series") as refused:
        delete(office, draft.id)
    assert refused.value.extra["possible_actions"] == ["duplicate", "send", "update", "void"]
    assert store.all(Invoice) == [draft]


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.DRAFT])
def test_what_is_no_draft_stays(office: Office, store: FakeStore, status: Status) -> None:
    issued = an_issued_invoice(status=status)
    store.keep(issued)
    with pytest.raises(Conflict) as refused:
        delete(office)
    assert refused.value.code == "INVALID_INVOICE_STATE"
    assert store.all(Invoice) == [issued]


def test_a_draft_sent_while_it_is_deleted_stays(office: Office, store: FakeStore) -> None:
    draft = create(office, "OWN-1")
    other = Office(store, ids=office.ids)
    store.before_next_commit(
        lambda: other.run_use_case(lambda uow: send_invoice(uow, draft.id, None, page_url=PAGE_URL))
    )
    with pytest.raises(Conflict):
        delete(office, draft.id)
    assert [invoice.status for invoice in store.all(Invoice)] == [Status.SENT]
    assert [taken.id for taken in store.all(NumberReservation)] == ["OWN-1"]


def test_a_draft_whose_number_changes_while_it_is_deleted_leaves_no_reservation(
    office: Office, store: FakeStore
) -> None:
    draft = create(office, "OWN-1")
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: other.run_use_case(lambda uow: update_invoice(uow, draft.id, {"number": "OWN-2"})))
    delete(office, draft.id)
    assert (store.all(Invoice), store.all(NumberReservation)) == ([], [])


def test_a_draft_deleted_while_it_is_changed_does_not_come_back(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: delete(other))
    with pytest.raises(NotFound):
        office.run_use_case(lambda uow: update_invoice(uow, "inv_1", {"notes": "x"}))
    assert store.all(Invoice) == []


def test_a_client_that_read_another_version_is_refused(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(version=3))
    with pytest.raises(PreconditionFailed):
        delete(office, if_version=2)
    delete(office, if_version=3)
    assert store.all(Invoice) == []
