"""Particulars are read as they were written; what is not stated takes no room."""

from dataclasses import replace

import pytest

from invoicing.domain.invoices.particulars import NAMES, NO_PARTICULARS, Particulars, Payee, ShipTo
from invoicing.domain.invoices.payment_means import PaymentMeans
from invoicing.domain.parties.details import Address
from invoicing.storage.dynamodb.content_codec import content_from, content_values
from invoicing.storage.dynamodb.item_codec import pack, unpack
from invoicing.storage.dynamodb.particulars_codec import particulars_from, particulars_values
from invoicing.storage.kinds.credit_notes import credit_note_from, credit_note_values
from invoicing.storage.kinds.invoices import invoice_from, invoice_values
from tests.builders import a_credit_note, a_new_invoice, an_invoice, an_issued_invoice
from tests.sample_particulars import EVERYTHING

SPARSE = Particulars(
    ship_to=ShipTo(address=Address(city="Wien")), payment_means=PaymentMeans(code="10"), payee=Payee(name="P")
)
EACH = [EVERYTHING, SPARSE, *(replace(NO_PARTICULARS, **{name: getattr(EVERYTHING, name)}) for name in NAMES)]


@pytest.mark.parametrize("particulars", [*EACH, Particulars(ship_to=ShipTo(address=Address()))])
def test_they_are_read_as_they_were_written(particulars: Particulars) -> None:
    assert particulars_from(unpack(pack(particulars_values(particulars)))) == particulars


@pytest.mark.parametrize("particulars", [NO_PARTICULARS, *EACH])
def test_invoices_credit_notes_and_schedules_have_them(particulars: Particulars) -> None:
    new = a_new_invoice(particulars=particulars, purchase_order="PO-1")
    draft, issued = an_invoice(new), an_issued_invoice(new)
    for invoice in (draft, issued):
        values = unpack(pack(invoice_values(invoice)))
        assert ("particulars" in values) is bool(particulars)
        read = invoice_from(values | {"account": invoice.account, "id": invoice.id})
        assert (read.particulars, read.purchase_order) == (particulars, "PO-1")
    note = a_credit_note(issued)
    values = unpack(pack(credit_note_values(note)))
    assert ("particulars" in values) is bool(note.particulars)
    assert credit_note_from(values | {"account": note.account, "id": note.id}) == note
    assert content_from(unpack(pack(content_values(new)))).particulars == particulars


def test_a_plain_document_is_stored_as_before() -> None:
    plain = an_issued_invoice(a_new_invoice())
    assert "particulars" not in invoice_values(plain)
    assert not {"particulars", "purchase_order"} & credit_note_values(a_credit_note(plain)).keys()
    assert "particulars" not in content_values(a_new_invoice())
