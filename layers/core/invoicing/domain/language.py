"""What a locale says about documents: the language of their texts, a region, and the digits of their numbers.

A locale is a BCP 47 tag, and that of a bilingual document two with a comma between, the first one first: "ja,en". All
but `locales_of` look at the first.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

LANGUAGES = frozenset((
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja",
    "ko", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "uk", "vi", "zh-Hans",
    "zh-Hant",
))  # fmt: skip
"""The languages that documents are written in; in any other locale they are in English."""

ZEROS: Mapping[str, str] = {"latn": "0", "arab": "\u0660", "deva": "\u0966", "thai": "\u0e50"}
"""The zero of each numbering system that a locale can ask for; its other digits follow it in Unicode."""

_OTHER_NAMES = {"in": "id", "iw": "he", "nb": "no", "nn": "no"}
"""Written Norwegian has one set of texts, under the macrolanguage."""

_TRADITIONAL = frozenset({"tw", "hk", "mo"})
_SCRIPTS = {
    **dict.fromkeys(("bg", "ru", "uk"), "cyrl"),
    "ar": "arab",
    "el": "grek",
    "he": "hebr",
    "hi": "deva",
    "ja": "jpan",
    "ko": "kore",
    "th": "thai",
}
"""The scripts of languages that are not written in Latin letters."""


_BETWEEN = ","


def locale_of(locales: Iterable[str]) -> str:
    """Return the locale of a document in one or two languages."""
    return _BETWEEN.join(locales)


def locales_of(locale: str) -> tuple[str, ...]:
    """Return the tags of a locale: one, or the two of a bilingual document."""
    return tuple(locale.split(_BETWEEN))


class LocaleParts(NamedTuple):
    """The subtags of a locale; a part that it does not say is empty."""

    language: str
    script: str
    region: str
    numbering: str


def parts_of(locale: str) -> LocaleParts:
    """Return the parts of a locale, of the first of two; any text has some."""
    main, _, extension = locales_of(locale)[0].replace("_", "-").lower().partition("-u-")
    language, *subtags = main.split("-")
    script = next((tag for tag in subtags[:1] if re.fullmatch("[a-z]{4}", tag)), "")
    region = next((tag for tag in subtags[:2] if re.fullmatch("[a-z]{2}|[0-9]{3}", tag)), "")
    numbering = re.search(r"(?:^|-)nu-([a-z]{3,8})", extension)
    language = _OTHER_NAMES.get(language, language)
    return LocaleParts(language, script.title(), region.upper(), numbering[1] if numbering else "")


def language_of(locale: str) -> str:
    """Return the language of the texts of a locale: that of "de-AT" is "de", that of "zh-TW" is "zh-Hant".

    It is one of `LANGUAGES` unless there are no texts: that of "fa-IR" is "fa", that of "hi-Latn" is "hi-Latn".
    """
    language, script, region, _ = parts_of(locale)
    if language == "zh":
        return f"zh-{script or ('Hant' if region.lower() in _TRADITIONAL else 'Hans')}"
    return f"{language}-{script}" if script.lower() not in {"", _SCRIPTS.get(language, "latn")} else language


def digits_of(locale: str) -> Mapping[int, str]:
    """Return what the Western digits become, for `str.translate`; nothing unless the locale asks for others."""
    zero = ZEROS.get(parts_of(locale).numbering, "0")
    return {} if zero == "0" else {ord(str(digit)): chr(ord(zero) + digit) for digit in range(10)}
