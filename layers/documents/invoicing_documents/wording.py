"""Words, numbers and dates in the reader's language.

Words come from ``locales/<language>.json``, formats from Unicode CLDR through Babel (docs/decisions/0058): those of the
whole locale, so "de-CH" has the words of "de" and the numbers of Switzerland. A locale without words of its own has the
English ones, and still its own formats.

Digits are Western and years Gregorian in every language, as in the API, unless the locale asks for other digits
("ar-u-nu-arab"). No native reader has checked the words in languages
of Asia and the Near East, nor those in Bulgarian, Catalan, Croatian, Estonian, Latvian, Lithuanian, Slovak and
Slovenian.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date

from invoicing.dataclass import dataclass
from invoicing.domain.language import digits_of, language_of, parts_of
from invoicing.domain.money.amounts import EXACT, price_in_major, to_major
from invoicing_documents.bidi import isolate_name

LOCALES = Path(__file__).parent / "locales"
FALLBACK = "en"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
MOST_LOCALES = 64
"""The most locales that are kept in memory; clients name any."""

_MARKS = re.compile("[\u200e\u200f\u061c]")
"""Direction marks in CLDR's patterns, which would part a number from its sign: whole fields are isolated instead."""

_FULL_STOPS = (".", "。", "।")
_FIELD_AT_END = re.compile(rf"(?P<field>{{(?P<name>\w+)}})[{''.join(_FULL_STOPS)}]")
"""A placeholder with the full stop after it, in the scripts of our languages."""

_OWN_WORDS = re.compile(r"'|[^\x00-\x7f]")
"""Words within a date pattern, such as the Macedonian "d.M.y 'г'.", which have no place among English ones."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A language: ``wording["due_date"]`` is its word, and every method follows its conventions.

    ``language`` is that of the words, and ``locale`` has the formats; ``names`` has the names of months, currencies and
    countries in the language of the words. ``separators`` and ``digits`` are for `str.translate`.
    What is filled into a text is isolated where ``isolates``. In a bilingual wording each text is followed by that of
    the ``second`` language, and all formats are those of the first.
    """

    language: str
    texts: Mapping[str, str]
    locale: Locale
    names: Locale
    separators: Mapping[int, str]
    money_separators: Mapping[int, str]
    minus: str
    percent_sign: str
    digits: Mapping[int, str]
    isolates: bool
    second: "Wording | None" = None

    def __getitem__(self, key: str) -> str:
        return self.joined(self.texts[key], self.second[key]) if self.second else self.texts[key]

    def stacked(self, key: str) -> str:
        """Return a text with that of the second language, where it is another one, on a line of its own."""
        return "\n".join(dict.fromkeys((self.texts[key], *([self.second[key]] if self.second else []))))

    def joined(self, first: str, second: str) -> str:
        """Return a text of each language on one line, once where they are the same."""
        return first if first == second else f"{first} / {isolate_name(second) if self.isolates else second}"

    @property
    def direction(self) -> str:
        """The direction of the words, as HTML names it."""
        return self.names.text_direction

    def say(self, key: str, **values: str) -> str:
        """Return a text with its ``{placeholders}`` filled in; `KeyError` when one is not given.

        A sentence that ends with a field gets no second full stop where the field has one: "… from Acme Inc."
        """

        def ended(found: re.Match[str]) -> str:
            return found["field"] if values[found["name"]].endswith(_FULL_STOPS) else found[0]

        text = _FIELD_AT_END.sub(ended, self.texts[key])
        said = text.format_map({name: self.within(value) for name, value in values.items()})
        return self.joined(said, self.second.say(key, **values)) if self.second else said

    def within(self, field: str) -> str:
        """Return a field for use within a line of text: isolated where the line runs from right to left."""
        return isolate_name(field) if self.isolates else field

    def in_words_of(self, locale: str) -> "Wording":
        """Return the words of another language with the formats of this one."""
        other = wording_for(locale)
        isolates = self.isolates or other.isolates
        return replace(self, language=other.language, texts=other.texts, isolates=isolates)

    def followed_by(self, second: "Wording") -> "Wording":
        """Return the bilingual wording; pages are counted in the first language only."""
        texts = {**second.texts, "page_of": self.texts["page_of"]}
        return replace(self, second=replace(second, texts=texts), isolates=second.isolates)

    def number(self, value: Decimal) -> str:
        """Write all digits of a number, grouped: 1234.50 is "1,234.50" in English, "1.234,50" in German."""
        return f"{self.minus if value < 0 else ''}{self._grouped(value, self.separators)}"

    def quantity(self, value: Decimal) -> str:
        """Write a quantity with only the decimals it needs."""
        trimmed = value.normalize(EXACT)
        whole = int(trimmed.as_tuple().exponent) >= 0
        return self.number(trimmed.quantize(Decimal(1), context=EXACT) if whole else trimmed)

    def count(self, value: int) -> str:
        """Write a number of days, pages or things."""
        return str(value).translate(self.digits)

    def percent(self, fraction: Decimal) -> str:
        """Write a rate as percentage with only the decimals it needs: 0.0825 is "8.25%"."""
        pattern = self.locale.percent_formats[None]
        prefix, suffix = (part.replace("%", self.percent_sign) for part in (pattern.prefix[0], pattern.suffix[0]))
        return self._affixed(prefix, suffix, self.quantity(fraction.scaleb(2, EXACT)))

    def price(self, value: Decimal, currency: str) -> str:
        """Write a unit price in major units with all its decimals, at least those of the currency; without a symbol."""
        return self._plain_money(price_in_major(value, currency))

    def amount(self, minor: int, currency: str) -> str:
        """Write an amount in minor units with the currency's decimals; without a symbol."""
        return self._plain_money(to_major(minor, currency))

    def money(self, minor: int, currency: str) -> str:
        """Write an amount in minor units with the currency's symbol or, where the language has none, its ISO code."""
        return self.money_exactly(to_major(minor, currency), currency)

    def money_exactly(self, value: Decimal, currency: str) -> str:
        """Write an amount in major units as `money` does, with all its decimals.

        They are those of ISO 4217 (CLDR has fewer for some currencies). An amount reads from left to right, with its
        sign before the number, also in Arabic and Hebrew.
        """
        pattern = self.locale.currency_formats["standard"]
        symbol = self.names.currency_symbols.get(currency, currency).replace(LEFT_TO_RIGHT, "")
        sign = value < 0
        prefix, suffix = _without_marks(pattern.prefix[sign]), _without_marks(pattern.suffix[sign])
        # CLDR's "alphaNextToNumber" rule: "CHF 12", although "$12".
        if prefix.endswith("¤") and symbol[-1].isalpha():
            prefix += NO_BREAK_SPACE
        if suffix.startswith("¤") and symbol[0].isalpha():
            suffix = NO_BREAK_SPACE + suffix
        prefix, suffix = prefix.replace("-", self.minus), suffix.replace("-", self.minus)
        text = self._grouped(value, self.money_separators)
        written = self._affixed(prefix.replace("¤", symbol), suffix.replace("¤", symbol), text)
        # An Arabic symbol would turn the amount around, and its sign to the other side.
        return f"{LEFT_TO_RIGHT}{written}" if self.direction == "rtl" else written

    def date_as(self, day: date, form: str) -> str:
        """Write a date in a form of CLDR: ``short``, ``medium``, ``long`` or ``full``."""
        pattern = self.locale.date_formats[form].pattern
        # The Arabic form of digits and marks reads differently from either side.
        if form == "medium" and _MARKS.search(pattern):
            pattern = self.locale.date_formats["long"].pattern
        if self.names is not self.locale and _OWN_WORDS.search(pattern):
            pattern = self.names.date_formats[form].pattern
        return _without_marks(format_date(day, pattern, locale=self.names)).translate(self.digits)

    def date(self, day: date) -> str:
        """Write a date in its usual short form, with an unmistakable month: "Nov 22, 2026", "22.11.2026"."""
        return self.date_as(day, "medium").replace(" ", NO_BREAK_SPACE)

    def country(self, code: str) -> str:
        """Return the name of a country, or its code where the language has no name for it.

        Northern Ireland, a country for VAT only, has that of the United Kingdom.
        """
        name: str = self.names.territories.get("GB" if code.upper() == "XI" else code.upper(), code)
        return name

    def _plain_money(self, value: Decimal) -> str:
        return f"{self.minus if value < 0 else ''}{self._grouped(value, self.money_separators)}"

    def _grouped(self, value: Decimal, separators: Mapping[int, str]) -> str:
        """Write a number without its sign, in groups of three digits or, as in India, of two before the last three."""
        text = f"{abs(value):,f}"
        if self.locale.decimal_formats[None].grouping != (3, 3):
            whole, point, decimals = text.replace(",", "").partition(".")
            groups = re.sub(r"(?<=\d)(?=(\d\d)+$)", ",", whole[:-3])
            text = f"{groups}{',' if groups else ''}{whole[-3:]}{point}{decimals}"
        return text.translate(separators)

    @staticmethod
    def _affixed(prefix: str, suffix: str, text: str) -> str:
        return f"{prefix}{text}{suffix}".replace(" ", NO_BREAK_SPACE)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages with words, as BCP 47 tags in order."""
    return tuple(sorted(path.stem for path in LOCALES.glob("*.json")))


@lru_cache(maxsize=MOST_LOCALES)
def wording_for(locale: str) -> Wording:
    """Return the wording for a BCP 47 locale such as "de-AT"."""
    language = language_of(locale)
    language = language if language in languages() else FALLBACK
    formats = _formats_of(locale)
    symbols = _symbols_of(formats, locale)
    digits = digits_of(locale)
    names = formats if language_of(str(formats)) == language else Locale(FALLBACK)
    return Wording(
        language=language,
        texts=_texts(language),
        locale=formats,
        names=names,
        separators=_separators(digits, symbols["group"], symbols["decimal"]),
        money_separators=_separators(
            digits,
            symbols.get("currencyGroup", symbols["group"]),
            symbols.get("currencyDecimal", symbols["decimal"]),
        ),
        minus=symbols["minusSign"] if names.text_direction == "rtl" else _without_marks(symbols["minusSign"]),
        percent_sign=_without_marks(symbols["percentSign"]),
        digits=digits,
        isolates=names.text_direction == "rtl",
    )


@cache
def _texts(language: str) -> Mapping[str, str]:
    texts: Mapping[str, str] = json.loads((LOCALES / f"{language}.json").read_text(encoding="utf-8"))
    return texts


def _formats_of(locale: str) -> Locale:
    """Return the formats of a locale: of its script and region, else of its language, else the English ones."""
    for language, script, region in _candidates(locale):
        try:
            return Locale(language, region or None, script or None)
        except UnknownLocaleError:
            continue
    return Locale(FALLBACK)


def _candidates(locale: str) -> Iterator[tuple[str, str, str]]:
    language, script, region, _ = parts_of(locale)
    if not re.fullmatch("[a-z]{2,3}", language):
        return  # Babel takes it for the name of a file
    script = script or language_of(locale).partition("-")[2]
    for names in ((script, region), ("", region), (script, ""), ("", "")):
        yield language, *names


def _symbols_of(formats: Locale, locale: str) -> Mapping[str, str]:
    """Return the signs of the digits that are written."""
    symbols = formats.number_symbols
    return {**symbols["latn"], **symbols.get(parts_of(locale).numbering, {})} if digits_of(locale) else symbols["latn"]


def _separators(digits: Mapping[int, str], group: str, decimal: str) -> Mapping[int, str]:
    return {**digits, ord(","): group, ord("."): decimal}


def _without_marks(text: str) -> str:
    return _MARKS.sub("", text)
