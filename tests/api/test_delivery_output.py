"""A delivery in responses."""

import pytest

from invoicing.api.outputs.deliveries import delivery_output
from invoicing.domain.deliveries.delivery import DocumentKind
from tests.builders import a_delivery


@pytest.mark.parametrize(
    ("kind", "invoice", "credit_note"),
    [("invoice", "doc_1", None), ("credit_note", None, "doc_1"), ("reminder", None, None)],
)
def test_it_names_the_invoice_or_the_credit_note(
    kind: DocumentKind, invoice: str | None, credit_note: str | None
) -> None:
    shown = delivery_output(a_delivery(document_kind=kind, document_id="doc_1"))
    assert (shown["invoice_id"], shown["credit_note_id"]) == (invoice, credit_note)
