"""What is doubtful about locales."""

import pytest
from babel import Locale, localedata

from invoicing.domain.language import LANGUAGES
from invoicing.domain.locales import locale_warnings


@pytest.mark.parametrize("locale", [None, *sorted(LANGUAGES), "de-AT", "de-US", "es-419", "nn-NO", "zh-TW", "iw"])
def test_nothing_is_doubtful_where_there_are_texts(locale: str | None) -> None:
    assert [*locale_warnings(locale)] == []


def test_every_locale_of_cldr_has_a_known_region() -> None:
    names = [name.replace("_", "-") for name in localedata.locale_identifiers() if name.split("_")[0] in LANGUAGES]
    doubtful = {name for name in names for warning in locale_warnings(name) if "region" in warning.message}
    assert doubtful == set()
    codes = [str(code) for code in Locale("en").territories if len(str(code)) == len("DE") and code != "ZZ"]
    assert not [code for code in codes if not code.startswith("X") and [*locale_warnings(f"en-{code}")]]


@pytest.mark.parametrize(
    ("locale", "about"),
    [
        ("fa-IR", "no texts in fa:"),
        ("hi-Latn", "no texts in hi-Latn:"),
        ("xx", "no texts in xx:"),
        ("sr-Cyrl-RS", "no texts in sr-Cyrl:"),
        ("en-QQ", "QQ is no known region"),
        ("de-ZZ", "ZZ is no known region"),
        ("ar-u-nu-roman", "no digits roman"),
    ],
)
def test_what_has_no_effect_is_warned_of(locale: str, about: str) -> None:
    (warning,) = locale_warnings(locale)
    assert (warning.field, warning.code) == ("locale", "LOCALE_UNSUPPORTED")
    assert about in warning.message


def test_each_of_two_languages_is_looked_at() -> None:
    assert [*locale_warnings("de,fr")] == []
    (warning,) = locale_warnings("de,fa")
    assert warning.field == "locales[1]"
