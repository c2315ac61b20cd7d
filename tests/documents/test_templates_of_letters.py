"""Receipts, statements and reminders in the design of a template, and all documents in its texts by language."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from invoicing_documents.own_texts.templates import require_template
from invoicing_documents.pdf import (
    render_credit_note_pdf,
    render_open_invoices_pdf,
    render_receipt_pdf,
    render_statement_pdf,
)
from invoicing_documents.wording import NO_BREAK_SPACE, wording_for
from tests.builders import a_credit_note
from tests.documents.sample_invoices import BUYER, SENT_AT, invoice_of
from tests.documents.sample_statements import a_statement, payment_of
from tests.documents.test_templates import drawn, mailed, shown, template, text_of

OF_LANGUAGES: Any = {
    "fr": {"footer": "Merci {{ customer.name }}", "email_subject": "Note", "labels": {"invoice": "Note", "total": "T"}},
    "fr-CH": {"footer": "Merci bien"},
}


@pytest.mark.parametrize(
    ("locale", "footer", "title"),
    [
        ("fr", f"Merci {BUYER.name}", "Note"),
        ("fr-CA", f"Merci {BUYER.name}", "Note"),
        ("fr-CH", "Merci bien", "Honorarnote"),
        ("de", "Danke", "Honorarnote"),
    ],
)
def test_texts_and_labels_are_those_of_the_language_of_the_document(locale: str, footer: str, title: str) -> None:
    own = {"footer": "Danke", "labels": {"invoice": "Honorarnote"}, "texts_by_locale": OF_LANGUAGES}
    for text in (
        drawn(replace(invoice_of(), locale=locale), **own),
        shown(replace(invoice_of(), locale=locale), **own),
        text_of(render_receipt_pdf(payment_of(locale=locale), None, template(**own))),
        text_of(render_statement_pdf(a_statement(locale=locale), None, template(**own))),
    ):
        assert footer in text
    assert title in drawn(replace(invoice_of(), locale=locale), **own)
    assert (mailed(replace(invoice_of(), locale=locale), **own)[0] == "Note") == (title == "Note")


def test_other_documents_have_the_design_and_know_nothing_of_an_invoice() -> None:
    own = template(
        layout="modern",
        labels={"customer": "Client", "receipt": "Quittung"},
        header="[{{ invoice.number }}{% for item in invoice.items %}x{% endfor %}] {{ customer.name }}",
        footer="{{ account.name }}!",
    )
    owed = invoice_of()
    for pdf in (
        render_receipt_pdf(payment_of(), None, own),
        render_statement_pdf(a_statement(), None, own),
        render_open_invoices_pdf((owed,), owed, date(2026, 12, 1), SENT_AT, template=own),
    ):
        text = text_of(pdf)
        assert all(words in text for words in ("Client", f"[] {BUYER.name}", "Acme Studio GmbH!"))
    assert "Quittung" in text_of(render_receipt_pdf(payment_of(), None, own))


def test_a_receipt_and_a_statement_are_seen_by_their_own_texts_and_by_no_others() -> None:
    header = "[{% if payment %}{{ payment }} {{ payment.amount }}{% endif %}{{ statement.end_date }}]"
    require_template({"header": header})
    payment = payment_of()
    own = template(header=header)
    shown = {
        "receipt": text_of(render_receipt_pdf(payment, None, own)),
        "statement": text_of(render_statement_pdf(a_statement(), None, own)),
        "credit note": text_of(render_credit_note_pdf(a_credit_note(), None, own)),
        "invoice": drawn(invoice_of(), header=header),
    }
    amount = wording_for("en").money(payment.amount, payment.currency)
    expected = {"receipt": f"[{payment.id} {amount}]", "statement": "[Nov 30, 2026]"}
    for document, text in shown.items():
        assert expected.get(document, "[]") in text.replace(NO_BREAK_SPACE, " ")
