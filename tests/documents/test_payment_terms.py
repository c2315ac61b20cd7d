"""Payment terms on documents."""

import pytest

from invoicing_documents.content import content_of
from tests.documents.sample_invoices import invoice_of


@pytest.mark.parametrize(
    ("wording", "printed"),
    [
        ("Net 30", "30 Tage netto"),
        ("14 days", "14 Tage netto"),
        ("due on receipt", "Zahlbar sofort nach Erhalt"),
        ("1 day", "1 day"),
        ("COD", "COD"),
        ("EOM", "EOM"),
        ("Net 30 EOM", "Net 30 EOM"),
        ("2/10 Net 30", "2/10 Net 30"),
        ("Bar bei Abholung", "Bar bei Abholung"),
    ],
)
def test_terms_without_a_translation_are_printed_as_they_are(wording: str, printed: str) -> None:
    content = content_of(invoice_of(payment_terms=wording, locale="de"))
    assert [fact.value for fact in content.facts if fact.label == content.wording["payment_terms"]] == [printed]
