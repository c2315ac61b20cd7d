"""The language of a locale."""

_NORWEGIAN = {"nb": "no", "nn": "no"}
"""Written Norwegian has one set of texts, under the macrolanguage."""


def language_of(locale: str) -> str:
    """Return the language of a BCP 47 locale, as an ISO 639-1 code: that of "de-AT" is "de"."""
    language = locale.replace("_", "-").partition("-")[0].lower()
    return _NORWEGIAN.get(language, language)
