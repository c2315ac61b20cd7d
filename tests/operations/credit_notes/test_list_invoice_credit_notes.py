"""Listing the credit notes of an invoice."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.credit_notes.list_invoice_credit_notes import list_invoice_credit_notes
from invoicing.operations.lists.query import ListQuery
from tests.builders import a_credit_note, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office


def test_they_are_those_of_the_invoice(office: Office, store: FakeStore) -> None:
    own, other = a_credit_note(id="cn_1"), a_credit_note(id="cn_2", invoice_id="inv_2")
    store.keep(an_issued_invoice(), own, other)
    assert list_invoice_credit_notes(office.uow(), "inv_1", ListQuery()).items == (own,)


def test_an_unknown_invoice_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound) as refused:
        list_invoice_credit_notes(office.uow(), "inv_404", ListQuery())
    assert refused.value.code == "INVOICE_NOT_FOUND"
