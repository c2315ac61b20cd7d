"""Which code a client's word for a unit stands for."""

import pytest

from invoicing.domain.invoices.line_particulars import LineParticulars
from invoicing.domain.invoices.unit_codes import UNIT_CODES
from invoicing.domain.invoices.unit_words import UNIT_WORDS
from invoicing.domain.invoices.units import plain_word, unit_code_of


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("HUR", "h hr hrs hour Hours HOURS Std. Std Stunden heures ore uur tunti godz. часов ساعات 時間 小时 घंटे saat"),
        ("DAY", "d day Days Tage jours giorni días dni dagar"),
        ("MON", "month months mos. mths Monate mois mesi maanden 개월"),
        ("H87", "pc pcs pcs. piece Stk Stk. Stück pièces pz. szt. ks шт. 個 件"),
        ("C62", "unit units Einheit unités"),
        ("KGM", "kg KG kgs kilo kilograms Kilogramm кг"),
        ("LTR", "l L litre liters Liter"),
        ("MTR", "m meters metre Meter"),
        ("MTK", "m² m2 M2 ㎡ qm sqm Quadratmeter"),
        ("MTQ", "m³ m3 ㎥ cbm"),
        ("KWH", "kWh KWH Kilowattstunden"),
        ("LS", "lump\u00a0sum pauschal Pauschale forfait a\u00a0corpo 一式"),
        ("P1", "% percent"),
    ],
)
def test_common_words_have_a_code(code: str, words: str) -> None:
    assert {word: unit_code_of(word, None) for word in words.split(" ")} == dict.fromkeys(words.split(" "), code)


@pytest.mark.parametrize("unit", [None, "", " ", ".", "t", "time", "dozen", "Mo", "licences", "hours of work", "HUR"])
def test_any_other_has_none(unit: str | None) -> None:
    assert unit_code_of(unit, None) is None
    assert unit_code_of(unit, LineParticulars(note="Late")) is None


def test_a_given_code_counts_more_than_the_word() -> None:
    given = LineParticulars(unit_code="DAY")
    assert [unit_code_of(unit, given) for unit in (None, "hours", "things")] == ["DAY"] * 3


def test_each_word_stands_for_one_code_of_the_list_and_is_found_as_it_is_written() -> None:
    words = [word for words in UNIT_WORDS.values() for word in words.split("|")]
    assert UNIT_WORDS.keys() <= UNIT_CODES
    assert len(set(words)) == len(words)
    assert [plain_word(word) for word in words] == words


def test_the_lists_are_whole() -> None:
    """As many as the rule of EN 16931 has: UN/ECE Recommendation 20, and 21 with an X."""
    assert len(UNIT_CODES) == 2162
