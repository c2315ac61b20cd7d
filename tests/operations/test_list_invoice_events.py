import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.create_invoice import create_invoice
from invoicing.operations.list_invoice_events import list_invoice_events
from invoicing.operations.listing import ListQuery
from invoicing.operations.send_invoice import send_invoice
from tests.builders import PAGE_URL, a_new_invoice
from tests.fakes import Office


def test_the_timeline_is_of_one_invoice(office: Office) -> None:
    new = a_new_invoice()
    first, _ = (
        office.carry_out(lambda work: create_invoice(work, new, send_email=False, page_url=PAGE_URL)) for _ in range(2)
    )
    office.carry_out(lambda work: send_invoice(work, first.id, None, page_url=PAGE_URL, if_version=None))
    listed = list_invoice_events(office.work(), first.id, ListQuery())
    assert [event.type for event in listed.things] == ["invoice.sent", "invoice.created"]
    assert {event.resource_id for event in listed.things} == {first.id}


def test_of_an_unknown_invoice_there_is_none(office: Office) -> None:
    with pytest.raises(NotFound):
        list_invoice_events(office.work(), "inv_404", ListQuery())
