"""Particulars of lines come back as they were, among any other lines, and cost nothing where no line has any."""

from collections.abc import Sequence

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.line_particulars import Attribute, Classification, LineParticulars
from invoicing.domain.sealing import canonical_form
from invoicing.storage.dynamodb.content_codec import content_from, content_values
from invoicing.storage.kinds.credit_notes import credit_note_from, credit_note_values
from invoicing.storage.kinds.invoices import invoice_from, invoice_values
from tests.builders import a_credit_note, a_line, a_new_invoice, an_invoice, an_issued_invoice

FULL = LineParticulars(
    details="Long\ntext",
    note="Note",
    unit_code="HUR",
    gtin="4006381333931",
    buyer_item_id="77",
    classifications=(Classification("HS", "9983"), Classification("STI", "72", "2008")),
    country_of_origin="DE",
    attributes=(Attribute("Colour", "blue"), Attribute("Colour", "red")),
    order_line="3",
    accounting_reference="4711",
)
SOME = st.sampled_from(
    [None, None, FULL, LineParticulars(note="Note"), LineParticulars(attributes=(Attribute("A", "B"),))]
)


def content_with(particulars: Sequence[LineParticulars | None]) -> NewInvoice:
    return a_new_invoice(*(a_line(particulars=each) for each in particulars))


def invoice_back(invoice: Invoice) -> Invoice:
    values = orjson.loads(orjson.dumps(invoice_values(invoice), default=str))
    return invoice_from(values | {"account": invoice.account, "id": invoice.id})


def note_back(note: CreditNote) -> CreditNote:
    values = orjson.loads(orjson.dumps(credit_note_values(note), default=str))
    return credit_note_from(values | {"account": note.account, "id": note.id})


@given(st.lists(SOME, min_size=1, max_size=5))
def test_mixed_lines_come_back(particulars: list[LineParticulars | None]) -> None:
    content = content_with(particulars)
    invoice = an_invoice(content)
    note = a_credit_note(an_issued_invoice(lines=invoice.lines))
    assert [line.particulars for line in invoice_back(invoice).lines] == particulars
    assert [line.particulars for line in note_back(note).lines] == particulars
    packed = orjson.loads(orjson.dumps(content_values(content), default=str))
    assert [line.particulars for line in content_from(packed).lines] == particulars


@pytest.mark.parametrize("particulars", [[None, None], [None]])
def test_lines_without_any_store_and_seal_nothing(particulars: list[LineParticulars | None]) -> None:
    content = content_with(particulars)
    invoice = an_invoice(content)
    stored = (invoice_values(invoice), credit_note_values(a_credit_note()), content_values(content))
    assert b"particulars" not in orjson.dumps(stored, default=str)
    assert b"particulars" not in canonical_form(invoice)


def test_only_given_members_are_stored_and_sealed() -> None:
    invoice = an_invoice(content_with([LineParticulars(note="Note"), None]))
    assert invoice_values(invoice)["lines"]["particulars"] == [{"note": "Note"}, None]
    assert b'"particulars":{"note":"Note"}' in canonical_form(invoice)
