"""What is found by which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.invoices.particulars import Particulars
from invoicing.domain.lists.search import LONGEST, MOST_WORDS, is_found, search_for, search_words, words_in, words_of
from tests.builders import a_new_invoice, an_invoice


def finds(search: str, *texts: str, codes: tuple[str, ...] = ()) -> bool:
    asked = search_for(search)
    assert asked
    return is_found(asked.words, search_words(codes, texts))


@pytest.mark.parametrize("search", ["kaufer", "KÄUFER", "Ka\u0308ufer", "käuf", "kaeufer", "ag käufer", "Käu\u00adfer"])
def test_case_and_accents_make_no_difference(search: str) -> None:
    assert finds(search, "Käufer AG")


@pytest.mark.parametrize(
    ("search", "text"),
    [
        ("strasse", "Straße 5"),
        ("STRASSE", "STRAẞE"),
        ("mueller", "Müller"),
        ("müller", "Mueller"),
        ("full width", "Ｆｕｌｌ Ｗｉｄｔｈ"),
        ("ｆull", "full width"),
        ("lodz", "Łódź"),
        ("soren", "Søren"),
        ("Soeren", "Søren"),
        ("kjaer", "Kjær"),
        ("dakovic", "Đaković"),
        ("ΟΔΟΣ", "οδός"),
    ],
)
def test_letters_are_found_as_they_are_typed(search: str, text: str) -> None:
    assert finds(search, text)


@pytest.mark.parametrize("search", ["ışık", "IŞIK", "isik", "İŞİK", "ışik"])
def test_the_turkish_i_is_one_letter(search: str) -> None:
    assert finds(search, "Işık A.Ş.")


@pytest.mark.parametrize("search", ["RE/2026/0007", "re/2026", "2026/0007", "0007", "RE", "re/2026/000"])
def test_a_number_is_found_by_its_beginning_and_its_parts(search: str) -> None:
    assert finds(search, codes=("RE/2026/0007",))


def test_signs_stand_for_nothing_else() -> None:
    assert not finds("RE%7", codes=("RE/2026/0007",))
    assert not finds("2*7", codes=("RE/2026/0007",))
    assert not finds("re_26", codes=("RE/2026/0007",))
    assert finds("RE_2026", codes=("RE/2026/0007",))
    assert [search_for(signs) for signs in ("%", "_", "*", "…", " \u00a0\n")] == [None] * 5


@pytest.mark.parametrize("search", ["käufer ", "\tkäufer\n", "\u00a0käufer\u3000", "\u200bkäufer\ufeff"])
def test_pasted_white_space_is_trimmed(search: str) -> None:
    assert finds(search, "Käufer AG")


def test_all_words_must_begin_a_word() -> None:
    assert finds("ag kauf example", "Käufer AG", "ap@kaeufer.example")
    assert not finds("käufer gmbh", "Käufer AG")
    assert not finds("ufer", "Käufer AG")


def test_what_has_no_spaces_is_found_from_its_beginning_only() -> None:
    assert finds("株式会社", "株式会社テスト")
    assert not finds("テスト", "株式会社テスト")


def test_marks_do_not_split_words() -> None:
    assert len(words_in("हिन्दी")) == 1
    assert finds("हिन्दी", "हिन्दी समाचार")


def test_the_first_words_count_and_none_twice() -> None:
    many = " ".join(f"w{number}x" for number in range(100))
    words = search_words(("RE/2026/0007", "PO-1", None), (many, many, None))
    assert len(words) == MOST_WORDS - 2, "re and po begin their wholes"
    assert words[:5] == ("re/2026/0007", "2026", "0007", "po-1", "1")
    assert search_words((), ("Ann Ann ann@ann.example",)) == ("ann", "example")


def test_an_invoice_is_found_by_the_references_of_both_sides() -> None:
    new = a_new_invoice(
        number="RE-1", purchase_order="PO-2", particulars=Particulars(reference="Job 3", estimate_id="E4")
    )
    assert words_of(an_invoice(new))[:6] == ("re-1", "1", "po-2", "2", "job", "3")
    assert "e4" not in words_of(an_invoice(new))


def test_the_beginning_of_a_long_word_counts() -> None:
    assert finds("x" * 200, "x" * (LONGEST + 1))


LETTERS = st.text(st.characters(categories=["Lu", "Ll", "Lt", "Lo", "Nd"]), min_size=1, max_size=12)


@given(LETTERS, LETTERS, st.integers(1, 12))
def test_whatever_is_typed_of_a_word_finds_it(name: str, other: str, length: int) -> None:
    typed = name[:length]
    if search_for(typed):
        assert finds(typed, f"{other} {name}")
        assert finds(typed, codes=(f"{other}-{name}",))
