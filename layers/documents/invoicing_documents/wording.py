"""Words, numbers and dates in the reader's language.

Words come from ``locales/<language>.json``, formats from Unicode CLDR through Babel. A locale is reduced to its
language ("de-AT" to "de"), and to English when there is no file for it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel.core import Locale
from babel.dates import format_date

from invoicing.domain.language import language_of
from invoicing.domain.money.amounts import EXACT, price_in_major, to_major

LOCALES = Path(__file__).parent / "locales"
FALLBACK = "en"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Wording:
    """A language: ``wording["due_date"]`` is its word, and every method follows its conventions."""

    language: str
    texts: Mapping[str, str]
    locale: Locale
    separators: Mapping[int, str]
    minus: str

    def __getitem__(self, key: str) -> str:
        return self.texts[key]

    def say(self, key: str, **values: str) -> str:
        """Return a text with its ``{placeholders}`` filled in; `KeyError` when one is not given."""
        return self.texts[key].format_map(values)

    def number(self, value: Decimal) -> str:
        """Write all digits of a number, grouped: 1234.50 is "1,234.50" in English, "1.234,50" in German."""
        text = f"{abs(value):,f}".translate(self.separators)
        return f"{self.minus}{text}" if value < 0 else text

    def quantity(self, value: Decimal) -> str:
        """Write a quantity with only the decimals it needs."""
        trimmed = value.normalize(EXACT)
        whole = int(trimmed.as_tuple().exponent) >= 0
        return self.number(trimmed.quantize(Decimal(1), context=EXACT) if whole else trimmed)

    def percent(self, fraction: Decimal) -> str:
        """Write a rate as percentage with only the decimals it needs: 0.0825 is "8.25%"."""
        pattern = self.locale.percent_formats[None]
        return self._affixed(pattern.prefix[0], pattern.suffix[0], self.quantity(fraction.scaleb(2, EXACT)))

    def price(self, value: Decimal, currency: str) -> str:
        """Write a unit price in major units with all its decimals, at least those of the currency; without a symbol."""
        return self.number(price_in_major(value, currency))

    def amount(self, minor: int, currency: str) -> str:
        """Write an amount in minor units with the currency's decimals; without a symbol."""
        return self.number(to_major(minor, currency))

    def money(self, minor: int, currency: str) -> str:
        """Write an amount in minor units with the currency's symbol or, where the language has none, its ISO code."""
        return self.money_exactly(to_major(minor, currency), currency)

    def money_exactly(self, value: Decimal, currency: str) -> str:
        """Write an amount in major units as `money` does, with all its decimals."""
        pattern = self.locale.currency_formats["standard"]
        symbol = self.locale.currency_symbols.get(currency, currency)
        sign = value < 0
        prefix, suffix = pattern.prefix[sign], pattern.suffix[sign]
        # CLDR's "alphaNextToNumber" rule: "CHF 12", although "$12".
        if prefix.endswith("¤") and symbol[-1].isalpha():
            prefix += NO_BREAK_SPACE
        if suffix.startswith("¤") and symbol[0].isalpha():
            suffix = NO_BREAK_SPACE + suffix
        prefix, suffix = prefix.replace("-", self.minus), suffix.replace("-", self.minus)
        text = f"{abs(value):,f}".translate(self.separators)
        return self._affixed(prefix.replace("¤", symbol), suffix.replace("¤", symbol), text)

    def date(self, day: date) -> str:
        """Write a date in its usual short form, with an unmistakable month: "Nov 22, 2026", "22.11.2026"."""
        return format_date(day, "medium", locale=self.locale).replace(" ", NO_BREAK_SPACE)

    def country(self, code: str) -> str:
        """Return the name of a country, or its code where the language has no name for it."""
        name: str = self.locale.territories.get(code.upper(), code)
        return name

    @staticmethod
    def _affixed(prefix: str, suffix: str, text: str) -> str:
        return f"{prefix}{text}{suffix}".replace(" ", NO_BREAK_SPACE)


def languages() -> tuple[str, ...]:
    """Return the available languages, as ISO 639-1 codes in order."""
    return tuple(sorted(path.stem for path in LOCALES.glob("*.json")))


def wording_for(locale: str) -> Wording:
    """Return the wording for a BCP 47 locale such as "de-AT"."""
    language = language_of(locale)
    return _load(language if language in languages_known() else FALLBACK)


@cache
def languages_known() -> frozenset[str]:
    """`languages` as a set, listed once per process."""
    return frozenset(languages())


@cache
def _load(language: str) -> Wording:
    texts = json.loads((LOCALES / f"{language}.json").read_text(encoding="utf-8"))
    locale = Locale(language)
    symbols = locale.number_symbols["latn"]
    separators = {ord(","): symbols["group"], ord("."): symbols["decimal"]}
    return Wording(language, texts, locale, separators, symbols["minusSign"])
