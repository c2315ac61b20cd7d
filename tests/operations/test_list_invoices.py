from dataclasses import replace
from datetime import timedelta

from invoicing.domain.invoice import Status
from invoicing.operations.list_invoices import list_invoices
from invoicing.operations.listing import Condition, ListQuery
from tests.builders import NOW, an_invoice
from tests.fakes import FakeStore, Office


def test_a_page_of_the_accounts_own_invoices(store: FakeStore, office: Office) -> None:
    invoices = [an_invoice(id=f"inv_{hour}", created_at=NOW + timedelta(hours=hour)) for hour in range(3)]
    store.keep(*invoices, replace(invoices[0], account="acc_2"))
    query = ListQuery(per_page=2)
    first = list_invoices(office.work(), query)
    assert (first.things, first.total, first.has_next) == ((invoices[2], invoices[1]), 3, True)
    second = list_invoices(office.work(), replace(query, cursor=first.next_cursor))
    assert (second.things, second.page, second.has_previous) == ((invoices[0],), 2, True)


def test_filters(store: FakeStore, office: Office) -> None:
    sent = an_invoice(id="inv_2", status=Status.SENT)
    store.keep(an_invoice(), sent)
    listed = list_invoices(office.work(), ListQuery(conditions=(Condition("status", "eq", ("sent",)),)))
    assert listed.things == (sent,)
