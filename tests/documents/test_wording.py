"""Words and numbers of every language."""

import json
import re
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.currencies import EXPONENTS
from invoicing_documents.wording import LOCALES, MOST_LOCALES, NO_BREAK_SPACE, languages, wording_for
from tests.examples import examples

REGIONS = ("de-CH", "de-AT", "en-GB", "en-IN", "es-MX", "fr-CH", "hi-IN", "pt-PT", "ar-SA", "he-IL", "fa-IR", "sr-RS")
ENGLISH = json.loads((LOCALES / "en.json").read_text(encoding="utf-8"))


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_texts_and_placeholders(language: str) -> None:
    texts = json.loads((LOCALES / f"{language}.json").read_text(encoding="utf-8"))
    assert list(texts) == list(ENGLISH)
    for key, text in texts.items():
        assert text.strip() == text != ""
        assert placeholders(text) == placeholders(ENGLISH[key]), key


ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
MARKS = re.compile("[\u200e\u200f\u061c]")
WESTERN = [*languages(), "ar-EG", "ar-SA", "fa-IR", "hi-IN", "mr-IN", "my-MM", "ne-NP", "th-TH", "ur-PK", "bn-BD"]


def plain(text: str) -> str:
    """A text without CLDR's direction marks and kinds of space."""
    return MARKS.sub("", text).replace(NO_BREAK_SPACE, "")


@pytest.mark.parametrize(
    ("locale", "language", "formats"),
    [
        ("de-AT", "de", "de_AT"),
        ("pt_BR", "pt", "pt_BR"),
        ("EN-GB", "en", "en_GB"),
        ("nb", "no", "no"),
        ("nn-NO", "no", "no"),
        ("zh", "zh-Hans", "zh_Hans"),
        ("zh-SG", "zh-Hans", "zh_Hans_SG"),
        ("zh-HK", "zh-Hant", "zh_Hant_HK"),
        ("zh-Hant-SG", "zh-Hant", "zh_Hant"),
        ("iw-IL", "he", "he_IL"),
        ("ja-DE", "ja", "ja"),
        ("hi-Latn-IN", "en", "hi_Latn_IN"),
        ("sr-Latn", "en", "sr_Latn"),
        ("fa", "en", "fa"),
        ("vi-VN", "vi", "vi_VN"),
        ("in-ID", "id", "id_ID"),
        ("is-IS", "en", "is_IS"),
        ("xx", "en", "en"),
        ("", "en", "en"),
        ("*", "en", "en"),
        ("../en", "en", "en"),
        ("de/../../fr", "en", "en"),
    ],
)
def test_words_are_those_of_the_language_and_formats_those_of_the_region(
    locale: str, language: str, formats: str
) -> None:
    wording = wording_for(locale)
    assert (wording.language, str(wording.locale)) == (language, formats)
    assert wording["invoice"] == wording_for(language)["invoice"]


@pytest.mark.parametrize("language", languages())
@settings(max_examples=examples(30), deadline=None)
@given(st.decimals(min_value=-(10**13), max_value=10**13, places=4, allow_nan=False))
def test_numbers_are_those_of_cldr(language: str, value: Decimal) -> None:
    wording = wording_for(language)
    # Babel keeps the hyphen of the pattern where CLDR gives the language a real minus sign.
    digits = "#,##,##0.0000" if language == "hi" else "#,##0.0000"
    expected = format_decimal(value, format=digits, locale=wording.locale).replace("-", wording.minus)
    assert wording.number(value) == expected


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("currency", ["EUR", "USD", "GBP", "PLN", "SEK"])
@pytest.mark.parametrize("minor", [183650, 5, 123456789])
def test_amounts_are_those_of_cldr(language: str, currency: str, minor: int) -> None:
    wording = wording_for(language)
    cldr = format_currency(Decimal(minor) / 100, currency, locale=wording.locale)
    assert plain(wording.money(minor, currency)) == plain(cldr)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rate", ["0", "0.08", "0.0825", "0.19", "1"])
def test_rates_have_only_the_decimals_they_need(language: str, rate: str) -> None:
    wording = wording_for(language)
    expected = format_percent(Decimal(rate), locale=wording.locale, decimal_quantization=False)
    assert wording.percent(Decimal(rate)) == MARKS.sub("", expected)


@pytest.mark.parametrize(
    ("locale", "minor", "text", "number", "day"),
    [
        ("en", -123456750, "-€1,234,567.50", "1,234,567.5", "Nov 2, 2026"),
        ("en-GB", -123456750, "-€1,234,567.50", "1,234,567.5", "2 Nov 2026"),
        ("en-IN", -123456750, "-€12,34,567.50", "12,34,567.5", "2 Nov 2026"),
        ("hi-IN", -123456750, "-€12,34,567.50", "12,34,567.5", "2 नव॰ 2026"),
        ("de", -123456750, "-1.234.567,50 €", "1.234.567,5", "02.11.2026"),
        ("de-CH", -123456750, "EUR-1’234’567.50", "1’234’567.5", "02.11.2026"),
        ("fr-CH", -123456750, "-1\u202f234\u202f567.50 €", "1\u202f234\u202f567,5", "2 nov. 2026"),
        ("pt-PT", -123456750, "-1 234 567,50 €", "1 234 567,5", "02/11/2026"),
        ("es-MX", -123456750, "-EUR 1,234,567.50", "1,234,567.5", "2 nov 2026"),
        ("zh-TW", -123456750, "-€1,234,567.50", "1,234,567.5", "2026年11月2日"),
        ("th-TH", -123456750, "-€1,234,567.50", "1,234,567.5", "2 พ.ย. 2026"),
        ("he-IL", -123456750, "-1,234,567.50 €", "1,234,567.5", "2 בנוב׳ 2026"),
        ("ar-EG", -123456750, "-1,234,567.50 €", "1,234,567.5", "2 نوفمبر 2026"),
        ("ar-u-nu-arab", -123456750, "-١٬٢٣٤٬٥٦٧٫٥٠ €", "١٬٢٣٤٬٥٦٧٫٥", "٢ نوفمبر ٢٠٢٦"),
        ("hi-IN-u-nu-deva", -123456750, "-€१२,३४,५६७.५०", "१२,३४,५६७.५", "२ नव॰ २०२६"),
        ("th-u-nu-thai", -123456750, "-€๑,๒๓๔,๕๖๗.๕๐", "๑,๒๓๔,๕๖๗.๕", "๒ พ.ย. ๒๐๒๖"),
        ("vi-VN", -123456750, "-1.234.567,50 €", "1.234.567,5", "2 thg 11, 2026"),
        ("id-ID", -123456750, "-€1.234.567,50", "1.234.567,5", "2 Nov 2026"),
        ("bg-BG", -123456750, "-1 234 567,50 €", "1 234 567,5", "2.11.2026\u202fг."),
        # Without words of their own: English ones, and the formats of the locale.
        ("fa-IR", -123456750, "−€ 1,234,567.50", "1,234,567.5", "2 Nov 2026"),
        ("is-IS", -123456750, "-1.234.567,50 €", "1.234.567,5", "2. Nov 2026"),
        ("mk-MK", -123456750, "-1.234.567,50 €", "1.234.567,5", "Nov 2, 2026"),
        ("bn-BD", -123456750, "-12,34,567.50€", "12,34,567.5", "2 Nov, 2026"),
    ],
)
def test_regions_have_their_own_formats(locale: str, minor: int, text: str, number: str, day: str) -> None:
    wording = wording_for(locale)
    written = (wording.money(minor, "EUR"), wording.number(Decimal("1234567.5")), wording.date(date(2026, 11, 2)))
    assert tuple(MARKS.sub("", each.replace(NO_BREAK_SPACE, " ")) for each in written) == (text, number, day)


@pytest.mark.parametrize("locale", WESTERN)
def test_digits_are_western_and_years_gregorian(locale: str) -> None:
    wording, day = wording_for(locale), date(2026, 11, 22)
    dates = [wording.date_as(day, form) for form in ("medium", "long", "full")]
    assert all("2026" in text for text in (wording.date(day), *dates))
    numbers = [wording.money(-98765432_10, "USD"), wording.percent(Decimal("0.123456789")), wording.count(7)]
    assert not re.findall(r"[^\D0-9]", "".join(dates + numbers))


def test_every_currency_has_the_decimals_of_iso_4217() -> None:
    wording = wording_for("en")
    for currency, decimals in EXPONENTS.items():
        _, point, fraction = wording.money(123456789, currency).rpartition(".")
        assert len(fraction if point else "") == decimals
        assert wording.amount(-123456789, currency) == f"-{to_major(123456789, currency):,f}"


@pytest.mark.parametrize("locale", [*languages(), *REGIONS])
def test_amounts_have_all_their_decimals_in_every_locale(locale: str) -> None:
    wording = wording_for(locale)
    for currency in ("RSD", "IQD", "JPY", "CLF", "SAR", "ILS"):
        for written in (wording.money(123456, currency), wording.amount(123456, currency)):
            assert "".join(re.findall("[0-9]", written)) == "123456"
            fraction = re.search(r"[0-9]+(?=[^0-9]*$)", written)
            assert fraction
            assert len(fraction[0]) == (EXPONENTS[currency] or len("456"))


@pytest.mark.parametrize("locale", [*languages(), *REGIONS])
def test_a_sign_stands_before_its_number_with_nothing_between(locale: str) -> None:
    wording = wording_for(locale)
    for currency in ("USD", "SAR", "ILS", "KWD", "CNY"):
        written = wording.money(-123450, currency)
        digit = re.search("[0-9]", written)
        assert digit
        sign = wording.minus.strip("\N{LEFT-TO-RIGHT MARK}")
        assert written.index(sign) < digit.start()
        assert not MARKS.search(written[written.index(sign) : digit.start()])
        # From left to right, whatever surrounds it.
        assert next((kind for kind in map(unicodedata.bidirectional, written) if kind in {"L", "R", "AL"}), "L") == "L"


@pytest.mark.parametrize("language", languages())
def test_fields_within_a_text_are_isolated_where_it_runs_from_right_to_left(language: str) -> None:
    wording = wording_for(language)
    isolated = "\u2068INV-1\u2069" in wording.say("invoice_from", number="INV-1", seller="ACME")
    assert isolated == (language in {"ar", "he"}) == (wording.direction == "rtl")


@pytest.mark.parametrize("language", languages())
def test_a_sentence_that_ends_with_a_field_has_one_full_stop(language: str) -> None:
    wording = wording_for(language)
    for key, text in wording.texts.items():
        fields = re.findall(r"{(\w+)}", text)
        for value in ("Acme Inc.", "2026. 11. 26.", "アクメ。"):
            said = wording.say(key, **dict.fromkeys(fields, value))
            assert not re.search(r"[.。।]\u2069?[.。।]", said), key
        assert wording.say(key, **{field: f"{{{field}}}" for field in fields}).translate(ISOLATES) == text


def test_a_few_locales_are_kept_in_memory() -> None:
    for number in range(2 * MOST_LOCALES):
        wording_for(f"en-{chr(65 + number // 26)}{chr(65 + number % 26)}")
    assert wording_for.cache_info().currsize <= MOST_LOCALES


@pytest.mark.parametrize(
    ("locale", "minor", "currency", "text"),
    [
        ("en", 183600, "USD", "$1,836.00"),
        ("en", -5, "CHF", "-CHF\u00a00.05"),
        ("de", 183600, "EUR", "1.836,00\u00a0€"),
        ("fr", 183600, "EUR", "1\u202f836,00\u00a0€"),
        ("en", 36000, "JPY", "¥36,000"),
        ("en", 4500, "KWD", "KWD\u00a04.500"),
        ("en", 100000, "IQD", "IQD\u00a0100.000"),
        ("en", 10**15, "USD", "$10,000,000,000,000.00"),
    ],
)
def test_money_has_the_decimals_of_iso_4217(locale: str, minor: int, currency: str, text: str) -> None:
    assert wording_for(locale).money(minor, currency) == text


def test_quantities_and_prices_keep_all_their_decimals() -> None:
    wording = wording_for("en")
    assert wording.quantity(Decimal("1000.500000")) == "1,000.5"
    assert wording.quantity(Decimal("1E+3")) == "1,000"
    assert wording.price(Decimal("0.0045"), "USD") == "0.0045"
    assert wording.price(Decimal(150), "USD") == "150.00"


@pytest.mark.parametrize(
    ("locale", "text"), [("en", "Nov 2, 2026"), ("de", "02.11.2026"), ("hu", "2026. nov. 2."), ("cs", "2. 11. 2026")]
)
def test_dates_do_not_break(locale: str, text: str) -> None:
    assert wording_for(locale).date(date(2026, 11, 2)) == text.replace(" ", "\u00a0")


def test_countries_have_their_names() -> None:
    assert wording_for("de").country("at") == "Österreich"
    assert wording_for("de").country("XX") == "XX"
