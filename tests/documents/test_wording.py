"""Words and numbers of every language."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing_documents.wording import LOCALES, languages, wording_for
from tests.examples import examples

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


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("de-AT", "de"),
        ("pt_BR", "pt"),
        ("EN-GB", "en"),
        ("nb", "no"),
        ("nn-NO", "no"),
        ("ja", "en"),
        ("", "en"),
        ("../en", "en"),
    ],
)
def test_a_locale_falls_back_to_its_language_and_then_to_english(locale: str, language: str) -> None:
    assert wording_for(locale).language == language


@pytest.mark.parametrize("language", languages())
@settings(max_examples=examples(30), deadline=None)
@given(st.decimals(min_value=-(10**13), max_value=10**13, places=4, allow_nan=False))
def test_numbers_are_those_of_cldr(language: str, value: Decimal) -> None:
    wording = wording_for(language)
    # Babel keeps the hyphen of the pattern where CLDR gives the language a real minus sign.
    expected = format_decimal(value, format="#,##0.0000", locale=language).replace("-", wording.minus)
    assert wording.number(value) == expected


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("currency", ["EUR", "USD", "GBP", "PLN", "SEK"])
@pytest.mark.parametrize("minor", [183650, 5])
def test_amounts_are_those_of_cldr(language: str, currency: str, minor: int) -> None:
    ours = wording_for(language).money(minor, currency)
    cldr = format_currency(Decimal(minor) / 100, currency, locale=language)
    assert ours.replace("\u00a0", "") == cldr.replace("\u00a0", "")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("rate", ["0", "0.08", "0.0825", "0.19", "1"])
def test_rates_have_only_the_decimals_they_need(language: str, rate: str) -> None:
    expected = format_percent(Decimal(rate), locale=language, decimal_quantization=False)
    assert wording_for(language).percent(Decimal(rate)) == expected


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
