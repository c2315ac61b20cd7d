"""Documents in two languages: every label, and every text of ours, in both.

A document is written in each language, with the formats of the first, and then joined: what is the same in both stands
once. Notes below lines and units are those of the first language, as are texts of the design.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.language import locales_of
from invoicing.domain.templates.template import Template
from invoicing_documents.content import Content, Row, content_of
from invoicing_documents.designs import designed_content
from invoicing_documents.parties import Field, HeadedParty, Party
from invoicing_documents.wording import Wording, wording_for

_FIELDS = ("facts", "summary", "included_tax", "payable", "uses", "payment")
_TEXTS = ("buyer_heading", "notes_heading", "notes", "notice")


def invoice_in_its_languages(invoice: Invoice, template: Template | None) -> Content:
    """Return the text of an invoice in the design of a template, in its one or two languages; as `designed_content`."""
    return in_its_languages(designed_content(invoice, template), invoice.locale, partial(content_of, invoice))


def in_its_languages(content: Content, locale: str, written: Callable[[Wording], Content]) -> Content:
    """Return the text of a document in the first language of its locale, joined with that in the second, if any."""
    for tag in locales_of(locale)[1:]:
        return _joined(content, written(wording_for(locale).in_words_of(tag)))
    return content


def _joined(first: Content, second: Content) -> Content:
    wording = first.wording.followed_by(second.wording)
    joined: dict[str, Any] = {
        name: _fields(getattr(first, name), getattr(second, name), wording) for name in _FIELDS
    } | {name: wording.joined(getattr(first, name), getattr(second, name)) for name in _TEXTS}
    parties = zip(first.further_parties, second.further_parties, strict=True)
    return replace(
        first,
        **joined,
        wording=wording,
        subtitle="" if first.title == second.title else second.title,
        seller=_party(first.seller, second.seller, wording),
        buyer=_party(first.buyer, second.buyer, wording),
        further_parties=tuple(
            HeadedParty(wording.joined(one.heading, other.heading), _party(one.party, other.party, wording))
            for one, other in parties
        ),
        rows=tuple(_row(one, other, wording) for one, other in zip(first.rows, second.rows, strict=True)),
        total=_field(first.total, second.total, wording),
        panel=_field(first.panel, second.panel, wording),
    )


def _field(first: Field, second: Field, wording: Wording) -> Field:
    return Field(wording.joined(first.label, second.label), wording.joined(first.value, second.value))


def _fields(first: tuple[Field, ...], second: tuple[Field, ...], wording: Wording) -> tuple[Field, ...]:
    return tuple(_field(one, other, wording) for one, other in zip(first, second, strict=True))


def _party(first: Party, second: Party, wording: Wording) -> Party:
    return replace(
        first,
        tax_ids=_fields(first.tax_ids, second.tax_ids, wording),
        registration=_fields(first.registration, second.registration, wording),
    )


def _row(first: Row, second: Row, wording: Wording) -> Row:
    return replace(first, adjustments=_fields(first.adjustments, second.adjustments, wording))
