"""Names of units on documents: every code that has one, in every language, with the number that was given."""

import re
from decimal import Decimal

import pytest

from invoicing.domain.invoices.line_particulars import LineParticulars
from invoicing.domain.invoices.unit_codes import UNIT_CODES
from invoicing.domain.invoices.units import plain_word, unit_code_of
from invoicing_documents.units import CLDR_UNITS, COUNTS, OWN_UNITS, quantity_in_units
from invoicing_documents.wording import languages, wording_for
from tools import units

NUMBERS = tuple(map(Decimal, ("1", "2", "3", "5", "11", "21", "100", "1.5", "1234.25", "-1", "-2.000")))


def written(quantity: Decimal | str, code: str, locale: str, unit: str | None = None) -> str:
    text = quantity_in_units(Decimal(quantity), unit, LineParticulars(unit_code=code), wording_for(locale))
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("locale", [*languages(), "de-CH", "en-IN", "fr-CA", "pt-BR", "sr", "ar-u-nu-arab"])
def test_every_name_goes_with_the_number(locale: str) -> None:
    wording = wording_for(locale)
    for code in (*CLDR_UNITS, *OWN_UNITS):
        for number in NUMBERS:
            text = quantity_in_units(number, None, LineParticulars(unit_code=code), wording)
            digits = wording.quantity(number)
            assert text.count(digits) == 1, (code, text)
            name = text.replace(digits, "").strip("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE} ")
            assert name, (code, text)
            assert not re.search(r"[{}\d]|[a-z]+-[a-z]+-|duration|unit_", name), (code, text)


@pytest.mark.parametrize("locale", languages())
def test_a_name_is_a_word_for_its_code(locale: str) -> None:
    """What we print is understood when it comes back as a word, unless it is unclear or in a form for all numbers.

    A Malay second, "saat", is a Turkish hour, which is more common.
    """
    for code in (*CLDR_UNITS, *OWN_UNITS):
        name = written("5", code, locale).replace("5", "").strip()
        if plain_word(name) in units.UNCLEAR or "(" in name or "/" in name or (code, name) == ("SEC", "saat"):
            continue
        assert unit_code_of(name, None) in {code, "H87" if code == "EA" else code, None}, (code, name)


@pytest.mark.parametrize(
    ("quantity", "code", "locale", "expected"),
    [
        ("1", "HUR", "en", "1 hour"),
        ("2.50", "HUR", "en", "2.5 hours"),
        ("2.5", "HUR", "de", "2,5 Stunden"),
        ("-3", "DAY", "pl", "-3 dni"),
        ("5", "DAY", "pl", "5 dni"),
        ("1234.5", "KGM", "de-CH", "1’234.5 kg"),
        ("3", "MTK", "fr", "3 m²"),
        ("2", "HUR", "ar", "2 ساعة"),
        ("2", "HUR", "he", "2 שעות"),
        ("5", "DAY", "sv", "5 dag(ar)"),
        ("3", "HUR", "ja", "3 時間"),
        ("12", "E34", "fr", "12 Go"),
        ("7", "H87", "de", "7 Stück"),
        ("7", "EA", "cs", "7 ks"),
        ("1", "LS", "it", "1 a corpo"),
        ("5", "P1", "tr", "%5"),
        ("7", "C62", "en", "7"),
        ("7", "XZQ", "en", "7 XZQ"),
    ],
)
def test_a_code_is_printed_by_its_name(quantity: str, code: str, locale: str, expected: str) -> None:
    assert written(quantity, code, locale) == expected


def test_a_word_is_printed_as_it_was_given() -> None:
    assert written("3", "HUR", "de", unit="man\nhours") == "3 man hours"


def test_short_names_stay_on_the_line_of_their_number() -> None:
    for code, text in {"KGM": "3\N{NO-BREAK SPACE}kg", "H87": "3\N{NO-BREAK SPACE}pcs"}.items():
        assert quantity_in_units(Decimal(3), None, LineParticulars(unit_code=code), wording_for("en")) == text


def test_named_codes_are_of_the_list() -> None:
    assert {*CLDR_UNITS, *OWN_UNITS, *COUNTS} <= UNIT_CODES


def test_words_and_page_are_what_the_tool_makes_now() -> None:
    assert units.WORDS.read_text(encoding="utf-8") == units.module(), "run python -m tools.units"
    text = units.PAGE.read_text(encoding="utf-8")
    assert text == units.page(text), "run python -m tools.units"
