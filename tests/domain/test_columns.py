"""Rows by column: what is kept of the columns is what the rows say."""

from dataclasses import asdict, dataclass
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.columns import column, columns_of, once_each, rows_of


class Pair(NamedTuple):
    """A row."""

    left: int
    right: str

    @property
    def both(self) -> str:
        return f"{self.left}{self.right}"


PAIRS = st.lists(st.builds(Pair, st.integers(), st.text(max_size=3)))


@given(pairs=PAIRS)
def test_rows_and_columns_are_the_same_either_way(pairs: list[Pair]) -> None:
    rows = rows_of(Pair, columns_of(Pair, pairs))
    assert rows == tuple(pairs)
    assert columns_of(Pair, rows) == columns_of(Pair, pairs)
    assert [list(column(rows, name)) for name in ("left", "right", "both")] == [
        list(column(pairs, name)) for name in ("left", "right", "both")
    ]


def test_what_becomes_of_a_column_afterwards_changes_no_row() -> None:
    lefts = [1, 2]
    rows = rows_of(Pair, {"left": lefts, "right": ["a", "b"]})
    lefts.reverse()
    columns_of(Pair, rows).clear()
    assert columns_of(Pair, rows) == {"left": (1, 2), "right": ("a", "b")}


def test_a_part_of_rows_has_columns_of_its_own() -> None:
    rows = rows_of(Pair, {"left": [1, 2], "right": ["a", "b"]})
    assert columns_of(Pair, rows[1:]) == {"left": (2,), "right": ("b",)}


def test_copied_rows_have_the_columns_of_the_copies() -> None:
    @dataclass
    class Document:
        rows: tuple[Pair, ...]

    copied = asdict(Document(rows_of(Pair, {"left": [1], "right": ["a"]})))["rows"]
    assert columns_of(Pair, copied) == {"left": (1,), "right": ("a",)}


def test_columns_of_different_lengths_make_no_rows() -> None:
    with pytest.raises(ValueError, match="zip"):
        rows_of(Pair, {"left": [1, 2], "right": ["a"]})


@given(values=st.lists(st.integers() | st.text() | st.booleans() | st.none()))
def test_once_each_is_what_each_one_gives(values: list[object]) -> None:
    assert once_each(repr, values) == list(map(repr, values))


def test_equal_values_of_two_kinds_are_two() -> None:
    assert once_each(repr, [1, True, 1]) == ["1", "True", "1"]
