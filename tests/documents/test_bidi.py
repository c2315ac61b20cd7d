"""Direction of text, and fields isolated from the text around them."""

import unicodedata
from collections.abc import Callable

import pytest

from invoicing_documents.bidi import is_right_to_left, isolate, isolate_name, parts_of_line
from invoicing_documents.wording import languages


@pytest.mark.parametrize("language", languages())
def test_the_direction_of_a_document_is_that_of_its_words(language: str) -> None:
    assert is_right_to_left(language) is (language in {"ar", "he"})


@pytest.mark.parametrize("text", ["-1,234.50", "+49 30 1234567", "DE02 1203 0000 0000 2020 51", "IL-123/45-6"])
def test_an_isolated_field_is_one_run_from_left_to_right(text: str) -> None:
    isolated = isolate(text)
    assert [unicodedata.bidirectional(isolated[0]), unicodedata.bidirectional(isolated[-1])] == ["LRI", "PDI"]
    assert isolated[1:-1] == text


def test_a_name_keeps_its_own_direction() -> None:
    assert isolate_name("שולחן עץ") == "\u2068שולחן עץ\u2069"


@pytest.mark.parametrize("isolating", [isolate, isolate_name])
@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a\u2069\u202eb", "ab"),
        ("a\u2066b", "a\u2066b\u2069"),
        ("a\u2068b\u2069 \u2066c\u2069", "a\u2068b\u2069 \u2066c\u2069"),
    ],
)
def test_nothing_inside_ends_an_isolate(isolating: Callable[[str], str], text: str, inside: str) -> None:
    assert isolating(text)[1:-1] == inside
    assert isolating("") == ""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("Total (USD)", ["Total (USD)"]),
        ("\u2066INV-1\u2069 · Page 1", ["\u2066INV-1\u2069 · Page 1"]),
        ("Total / \u2068Summe\u2069: 1", ["Total / \u2068Summe\u2069: 1"]),
        ("Total / \u2068סך (\u2068USD\u2069)\u2069: 1", ["Total / ", "סך (\u2068USD\u2069)", ": 1"]),
        ("Total / \u2068סך", ["Total / ", "סך"]),
        ("\u200eהכול\u2069: 1", ["הכול", ": 1"]),
        ("סך / \u2068Total\u2069", ["סך / \u2068Total\u2069"]),
    ],
)
def test_what_runs_from_right_to_left_within_a_line_is_a_part_of_it(text: str, parts: list[str]) -> None:
    assert parts_of_line(text) == parts
