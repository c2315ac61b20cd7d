"""Rows of one named tuple, by column: work on a whole column is one step instead of one per row."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple


def columns_of[R: NamedTuple](kind: type[R], rows: Sequence[R]) -> dict[str, Sequence[Any]]:
    """Return the values of each field, in the order of the rows."""
    return dict(zip(kind._fields, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(kind._fields, ())


def rows_of[R: NamedTuple](kind: type[R], columns: Mapping[str, Iterable[Any]]) -> tuple[R, ...]:
    """Return the rows with these values in each field."""
    rows = zip(*(columns[name] for name in kind._fields), strict=True)
    return tuple(map(tuple.__new__, repeat(kind), rows))  # as `_make` does, without a call for each row
