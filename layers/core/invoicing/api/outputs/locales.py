"""The languages of documents in responses."""

from typing import TypedDict

from invoicing.domain.language import locales_of


class LanguagesOutput(TypedDict):
    """The language of documents, and all of them: a bilingual document has two."""

    locale: str
    locales: list[str]


class GivenLanguagesOutput(TypedDict):
    """The languages that are set; null: as the customer, else as the account has them."""

    locale: str | None
    locales: list[str] | None


def languages_output(locale: str) -> LanguagesOutput:
    """Return the languages of a locale."""
    locales = locales_of(locale)
    return LanguagesOutput(locale=locales[0], locales=list(locales))


def given_languages_output(locale: str | None) -> GivenLanguagesOutput:
    """Return the languages of a locale that may be left open."""
    return GivenLanguagesOutput(locale=None, locales=None) if locale is None else {**languages_output(locale)}
