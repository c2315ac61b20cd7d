import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.list_invoice_events import list_invoice_events
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.lists.query import ListQuery
from tests.builders import PAGE_URL, a_new_invoice
from tests.office import Office


def test_the_timeline_is_of_one_invoice(office: Office) -> None:
    new = a_new_invoice()
    first, _ = (
        office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL)) for _ in range(2)
    )
    office.run_use_case(lambda uow: send_invoice(uow, first.id, None, page_url=PAGE_URL, if_version=None))
    listed = list_invoice_events(office.uow(), first.id, ListQuery())
    assert [event.type for event in listed.items] == ["invoice.sent", "invoice.created"]
    assert {event.resource_id for event in listed.items} == {first.id}


def test_of_an_unknown_invoice_there_is_none(office: Office) -> None:
    with pytest.raises(NotFound):
        list_invoice_events(office.uow(), "inv_404", ListQuery())
