"""A delivery in responses."""

import pytest

from invoicing.api.outputs.deliveries import delivery_output
from invoicing.domain.deliveries.delivery import DocumentKind
from tests.builders import a_delivery

IDS = ("invoice_id", "credit_note_id", "payment_id", "statement_id")


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("invoice", "invoice_id"),
        ("credit_note", "credit_note_id"),
        ("receipt", "payment_id"),
        ("statement", "statement_id"),
        ("reminder", None),
    ],
)
def test_it_names_what_it_is_about(kind: DocumentKind, named: str | None) -> None:
    shown = dict(delivery_output(a_delivery(document_kind=kind, document_id="doc_1")))
    assert {name: shown[name] for name in IDS if shown[name] is not None} == ({named: "doc_1"} if named else {})
