"""Two series of an account never share a number."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.numbering.distinct import require_distinct, shared_number
from invoicing.domain.numbering.series import NumberRule
from invoicing.domain.numbering.settings import (
    DEFAULT_CREDIT_NOTE_PATTERN,
    DEFAULT_PATTERN,
    FIRST_SERIES,
    PLACEHOLDER,
    SeriesSettings,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DEFAULT_PATTERN, DEFAULT_CREDIT_NOTE_PATTERN),
        ("A{seq}", "B{seq}"),
        ("INV-{seq}", "INV-{year}-{seq:03}"),
        ("INV-{year}-{seq:03}", "INV-{year}/{seq:03}"),
        ("{year}-{month}-{seq}", "{year}-{seq:03}"),
        ("{seq}A", "{seq}B"),
        ("1{seq:03}", "2{seq:03}"),
        ("{month}-{seq}", "{month}/{seq}"),
        ("13{seq:08}", "{month:02}{seq:08}"),
    ],
)
def test_patterns_that_differ_in_every_number(one: str, other: str) -> None:
    assert shared_number(one, other) is None
    assert shared_number(other, one) is None


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        (DEFAULT_PATTERN, DEFAULT_PATTERN, "INV-2020-001"),
        (DEFAULT_PATTERN, "INV-{year}-{seq:05}", "INV-2020-10000"),
        ("{seq}", "{year}{seq:03}", "2020001"),
        ("R{seq:03}", "R{month}{seq}", "R011"),
        ("{year}-{seq}", "{seq}-{year}", "2020-2020"),
        ("A1{seq}", "A{seq}", "A11"),
    ],
)
def test_patterns_that_meet_somewhere(one: str, other: str, number: str) -> None:
    assert shared_number(one, other) == number
    assert shared_number(other, one) is not None


PARTS = st.sampled_from(["A", "0", "1", "-", "20", "{seq}", "{seq:03}", "{seq:05}", "{year}", "{month}", "{month:03}"])


def patterns() -> st.SearchStrategy[str]:
    def is_one(parts: list[str]) -> bool:
        names = [match[1] for match in PLACEHOLDER.finditer("".join(parts))]
        return names.count("seq") == 1 and len(names) == len(set(names))

    return st.lists(PARTS, min_size=1, max_size=4).filter(is_one).map("".join)


def written_by(pattern: str) -> re.Pattern[str]:
    """What a pattern writes, said in another way."""

    def one(match: re.Match[str]) -> str:
        width = int(match[2] or 0)
        if match[1] == "month":
            return f"0{{{max(0, width - 2)}}}(?:0[1-9]|1[0-2])"
        if match[1] == "year":
            return f"0{{{max(0, width - 4)}}}[1-9]\\d{{3}}"
        lengths = (f"0{{{max(0, width - length)}}}[1-9]\\d{{{length - 1}}}" for length in range(1, 11))
        return f"(?:{'|'.join(lengths)})"

    text, end = "", 0
    for match in PLACEHOLDER.finditer(pattern):
        text += re.escape(pattern[end : match.start()]) + one(match)
        end = match.end()
    return re.compile(text + re.escape(pattern[end:]))


@given(patterns(), patterns())
def test_the_number_that_is_named_is_one_of_both(one: str, other: str) -> None:
    number = shared_number(one, other)
    if number is not None:
        assert written_by(one).fullmatch(number)
        assert written_by(other).fullmatch(number)


@given(patterns(), patterns(), st.integers(1, 10**6), st.dates(date(1000, 1, 1)))
def test_a_number_that_both_could_write_is_found(one: str, other: str, value: int, on: date) -> None:
    number = NumberRule(one, "never").write(value, on)
    assert written_by(one).fullmatch(number)
    if written_by(other).fullmatch(number):
        assert shared_number(one, other) is not None
        assert shared_number(other, one) is not None


def test_an_error_names_the_other_series_a_number_and_what_to_do() -> None:
    new = SeriesSettings(id="series_1", name="Shop", document_type="credit_note", pattern="INV-{year}-{seq:04}")
    with pytest.raises(ValidationFailed) as refused:
        require_distinct(FIRST_SERIES, new, "pattern")
    (detail,) = refused.value.details
    assert (detail.field, detail.code, detail.value) == ("pattern", "PATTERN_COLLIDES", new.pattern)
    assert "INV-2020-1000" in detail.message
    assert "Invoices (series_invoice)" in detail.message
    assert "begin one of the two with other characters" in detail.message


def test_a_series_may_keep_its_own_pattern() -> None:
    require_distinct(FIRST_SERIES, replace(FIRST_SERIES[0], name="Renamed"), "pattern")
