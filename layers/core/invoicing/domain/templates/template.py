"""Templates: how the documents of an account look, and what stands on them in its own words."""

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any, Literal

from invoicing.dataclass import dataclass
from invoicing.domain.language import language_of, locales_of
from invoicing.domain.parties.logo import Logo

MOST_LANGUAGES = 10
"""The most languages with texts of their own in a template: each text is tried when it is saved."""

MOST_TEMPLATES = 20
"""The most templates of an account, which its profile names, and which a list returns whole."""

Layout = Literal["classic", "modern", "compact"]
PaperSize = Literal["A4", "Letter"]
Font = Literal["sans"]
Column = Literal["sku", "quantity", "unit_price", "tax", "discount"]

PreviewedDocument = Literal["invoice", "credit_note", "receipt", "statement", "reminder"]

COLUMNS: tuple[Column, ...] = ("sku", "quantity", "unit_price", "tax", "discount")
"""What is shown of lines besides description and amount, where there is any of it."""

TEXTS = ("header", "footer", "payment_instructions", "email_subject", "email_body")
"""The fields that are texts with variables."""


LocaleTexts = Mapping[str, str | Mapping[str, str]]
"""Texts, and ``labels``, in one language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What a template sets; its defaults are the look that an account without templates has.

    ``accent_color`` is ``#rrggbb``. Without a ``logo`` it is the account's, and without a ``paper_size`` that of the
    seller's country. ``labels`` are words in place of ours, by their key, in all languages. The texts have variables;
    without ``payment_instructions`` those of the account are printed, and without the texts of the e-mail ours are
    sent. ``texts_by_locale`` are texts and labels by language tag, under their names here.
    """

    layout: Layout = "classic"
    accent_color: str | None = None
    logo: Logo | None = None
    font: Font = "sans"
    paper_size: PaperSize | None = None
    columns: tuple[Column, ...] = COLUMNS
    labels: Mapping[str, str] = field(default_factory=dict)
    header: str | None = None
    footer: str | None = None
    payment_instructions: str | None = None
    email_subject: str | None = None
    email_body: str | None = None
    texts_by_locale: Mapping[str, LocaleTexts] = field(default_factory=dict)

    def in_locale(self, locale: str) -> "Design":
        """Return the design of documents in a language: texts of its tag, else of its language, come before the others.

        So do its labels, each before those of all languages.
        """
        first = locales_of(locale)[0]
        tags = (first, language_of(first), first.partition("-")[0])
        own: Any = next((self.texts_by_locale[tag] for tag in tags if tag in self.texts_by_locale), None)
        if own is None:
            return self
        return replace(self, **{**own, "labels": {**self.labels, **own.get("labels", {})}})

    def texts(self) -> Iterator[tuple[str, str]]:
        """Return the texts that there are, with their fields."""
        return ((name, text) for name in TEXTS if (text := getattr(self, name)))


PLAIN = Design()
"""The look of an account without templates."""


@dataclass(frozen=True, slots=True)
class TemplateRef:
    """A version of a template, as accounts and issued documents name it; versions count from 1."""

    id: str
    version: int

    @property
    def key(self) -> str:
        """The id of the version among stored entities."""
        return f"{self.id}#{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A version of a template, written once: ``ref`` says which, and ``id`` is its key.

    It never changes and is never removed, as documents that were issued with it name it.
    """

    account: str
    id: str
    version: int = 1
    ref: TemplateRef
    name: str
    design: Design
    created_at: datetime
    updated_at: datetime
