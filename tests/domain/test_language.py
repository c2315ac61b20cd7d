"""The parts of locales, and the languages of their texts."""

import pytest

from invoicing.domain.language import (
    LANGUAGES,
    ZEROS,
    LocaleParts,
    digits_of,
    language_of,
    locale_of,
    locales_of,
    parts_of,
)
from invoicing_documents.wording import languages


def test_there_are_texts_in_every_language() -> None:
    assert set(languages()) == LANGUAGES
    assert {language_of(language) for language in LANGUAGES} == LANGUAGES


@pytest.mark.parametrize(
    ("locale", "parts"),
    [
        ("de", ("de", "", "", "")),
        ("pt_BR", ("pt", "", "BR", "")),
        ("zh-hant-hk", ("zh", "Hant", "HK", "")),
        ("es-419", ("es", "", "419", "")),
        ("ar-EG-u-ca-gregory-nu-arab", ("ar", "", "EG", "arab")),
        ("ar-u-nu-arab", ("ar", "", "", "arab")),
        ("de-DE-1996", ("de", "", "DE", "")),
        ("iw-IL", ("he", "", "IL", "")),
        ("../en", ("../en", "", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_parts_of_a_locale(locale: str, parts: tuple[str, str, str, str]) -> None:
    assert parts_of(locale) == LocaleParts(*parts)


@pytest.mark.parametrize(
    ("locales", "language"),
    [
        ("zh zh-CN zh-SG zh-MY zh-Hans-HK ZH_cn zh-u-nu-latn", "zh-Hans"),
        ("zh-TW zh-HK zh-MO zh-Hant zh-Hant-SG zh_tw", "zh-Hant"),
        ("zh-Latn", "zh-Latn"),
        ("iw he-IL he-Hebr", "he"),
        ("nb nn no nb-NO nn-NO", "no"),
        ("EN-GB en-IN en-Latn en-XX", "en"),
        ("hi hi-IN hi-Deva-IN hi-u-nu-deva", "hi"),
        ("hi-Latn hi-Latn-IN", "hi-Latn"),
        ("ja-JP ja-Jpan", "ja"),
        ("fa fa-IR fa-u-nu-latn", "fa"),
        ("sr-Latn sr-Latn-RS", "sr"),
        ("sr-Cyrl", "sr-Cyrl"),
    ],
)
def test_the_language_of_the_texts_of_a_locale(locales: str, language: str) -> None:
    assert {language_of(locale) for locale in locales.split()} == {language}


@pytest.mark.parametrize("numbering", ZEROS)
def test_digits_that_a_locale_asks_for(numbering: str) -> None:
    written = "0123456789".translate(digits_of(f"ar-EG-u-nu-{numbering}"))
    assert written.isdecimal()
    assert [int(digit) for digit in written] == list(range(10))
    assert written.isascii() == (numbering == "latn")


@pytest.mark.parametrize("locale", ["ar", "fa-IR", "th-TH", "hi-u-nu-roman", "ar-u-nu-", "ar-nu-arab"])
def test_digits_are_western_unless_a_locale_asks_for_others(locale: str) -> None:
    assert digits_of(locale) == {}


@pytest.mark.parametrize("locales", [("de",), ("ja", "en"), ("zh-Hant-HK", "ar-EG-u-nu-arab")])
def test_a_locale_of_two_languages_counts_as_the_first(locales: tuple[str, ...]) -> None:
    locale = locale_of(locales)
    assert locales_of(locale) == locales
    assert (parts_of(locale), language_of(locale)) == (parts_of(locales[0]), language_of(locales[0]))
    assert digits_of(locale) == digits_of(locales[0])
