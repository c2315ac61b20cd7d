"""Documents in two languages: every label and text of ours in both, dates and amounts in the first."""

from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.particulars import Particulars
from invoicing.domain.invoices.payment_means import PaymentMeans
from invoicing.domain.sealing import content_hash
from invoicing.domain.templates.template import Layout
from invoicing_documents.bilingual import invoice_in_its_languages
from invoicing_documents.content import content_of
from invoicing_documents.credit_note_content import credit_note_in_its_languages
from invoicing_documents.designs import designed_content
from invoicing_documents.parties import Field
from invoicing_documents.pdf import render_credit_note_pdf, render_invoice_pdf
from invoicing_documents.wording import languages, wording_for
from tests.builders import a_credit_note
from tests.documents.sample_invoices import BUYER, invoice_of, line_of
from tests.documents.test_invoice_email import compose
from tests.documents.test_templates import drawn, mailed, shown, text_of
from tests.examples import examples


def bilingual(locale: str, **overrides: Any) -> Invoice:
    return invoice_of(locale=locale, payment_terms="Net 30", **overrides)


def test_a_document_in_one_language_is_as_it_was() -> None:
    invoice = bilingual("de-AT")
    assert invoice_in_its_languages(invoice, None) == designed_content(invoice, None)
    assert content_hash(invoice) != content_hash(replace(invoice, locale="de-AT,fr"))


def test_labels_and_our_texts_are_in_both_languages_dates_and_amounts_in_the_first() -> None:
    particulars = Particulars(payment_means=PaymentMeans(code="58"))
    content = invoice_in_its_languages(bilingual("de,fr", particulars=particulars), None)
    assert content.payment[0] == Field("Zahlungsart / Mode de paiement", "Überweisung / Virement")
    facts = {field.label: field.value for field in content.facts}
    assert (content.title, content.subtitle, content.buyer_heading) == (
        "Rechnung",
        "Facture",
        "Rechnung an / Facturé à",
    )
    assert facts["Rechnungsdatum / Date de facture"] == "22.11.2026"
    assert facts["Zahlungsbedingungen / Conditions de paiement"] == "30 Tage netto / 30 jours nets"
    assert content.total.label == "Gesamtbetrag (USD) / Total (USD)"
    assert content.total.value == content_of(bilingual("de")).total.value
    assert content.summary[-1].label.count(" / ") == 1, "the name of a tax is not said twice in each language"
    assert content.seller.tax_ids[0].label == "USt-IdNr. / N° de TVA"
    assert content.wording["payment"] == "Zahlung / Paiement"
    assert content.wording.stacked("quantity") == "Menge\nQuantité"
    assert content.rows == content_of(bilingual("de")).rows


@settings(max_examples=examples(25), deadline=None)
@given(st.sampled_from(languages()), st.sampled_from(languages()), st.booleans())
def test_both_languages_say_the_same_things(first: str, second: str, draft: bool) -> None:
    status = Status.DRAFT if draft else Status.SENT
    invoice = replace(bilingual(f"{first},{second}"), status=status)
    both, one = invoice_in_its_languages(invoice, None), content_of(replace(invoice, locale=first))
    words = content_of(replace(invoice, locale=second))
    for name in ("facts", "summary", "payable", "payment"):
        for joined, alone, other in zip(getattr(both, name), getattr(one, name), getattr(words, name), strict=True):
            assert joined.label.startswith(alone.label)
            assert joined.value.startswith(alone.value)
            assert alone.label == joined.label or " / " in joined.label
            if not any(map(str.isdigit, other.label)):  # amounts are written as in the first
                assert other.label.split(" (")[0] in joined.label
    assert (both.rows, both.number, both.notes) == (one.rows, one.number, one.notes)
    assert (both.subtitle or both.title) == words.title


def test_the_email_is_in_the_first_language_and_the_page_in_both() -> None:
    invoice = bilingual("de,fr")
    assert compose(invoice) == compose(replace(invoice, locale="de"))
    page = shown(invoice)
    assert '<h1>Rechnung <span lang="fr"><bdi>Facture</bdi></span></h1>' in page
    assert '<th scope="col">Menge\nQuantité</th>' in page
    assert "Fällig am 22.12.2026 / À payer au plus tard le 22.12.2026" in page
    assert "PDF herunterladen / Télécharger le PDF" in page


def test_labels_of_a_template_stand_for_the_first_language() -> None:
    labels = {"invoice": "Honorarnote", "bill_to": "Für"}
    text, page = drawn(bilingual("de,fr"), labels=labels), shown(bilingual("de,fr"), labels=labels)
    for each in (text, page):
        assert "Honorarnote" in each
        assert "Facture" in each
        assert "Für / Facturé à" in each
    assert "Facturé" not in mailed(bilingual("de,fr"), labels=labels)[1]


@pytest.mark.parametrize("layout", get_args(Layout))
def test_every_layout_has_both_titles(layout: Layout) -> None:
    assert "Rechnung Facture" in drawn(bilingual("de,fr"), layout=layout)


def test_a_draft_and_a_credit_note_have_both_languages() -> None:
    draft = replace(bilingual("de,nl"), status=Status.DRAFT)
    text = text_of(render_invoice_pdf(draft))
    assert "Rechnungsentwurf" in text
    assert "Conceptfactuur" in text
    assert invoice_in_its_languages(draft, None).notice.count(" / ") == 1
    note = replace(a_credit_note(), locale="de,nl", reason=None)
    content = credit_note_in_its_languages(note, None)
    assert (content.title, content.subtitle) == ("Rechnungskorrektur", "Creditnota")
    assert content.notes.count(" / ") == 1
    assert "Creditnota" in text_of(render_credit_note_pdf(note))
    assert credit_note_in_its_languages(replace(note, locale="de"), None).subtitle == ""


@pytest.mark.parametrize(
    ("locale", "label"),
    [
        ("ar,en", "الإجمالي (USD) / \u2068Total (USD)\u2069"),
        ("en,he", "Total (USD) / \u2068סך הכול (USD)\u2069"),
    ],
)
def test_the_second_language_is_isolated_where_one_runs_from_right_to_left(locale: str, label: str) -> None:
    content = invoice_in_its_languages(bilingual(locale), None)
    assert content.total.label == label
    assert wording_for(locale).direction == content.wording.direction


def test_texts_of_clients_are_not_doubled() -> None:
    invoice = bilingual("de,fr", notes="A / B", buyer=replace(BUYER, name="Initech / Co"))
    text = text_of(render_invoice_pdf(replace(invoice, lines=(line_of("X / Y"),))))
    assert [text.count(each) for each in ("A / B", "Initech / Co", "X / Y")] == [1, 1, 1]
