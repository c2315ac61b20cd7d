"""Rows of one named tuple, by column: work on a whole column is one step instead of one per row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple


class Rows[R](tuple[R, ...]):
    """Rows that keep the columns they were made of, which are asked for several times on a document's way."""

    columns: Mapping[str, Sequence[Any]] | None = None


def columns_of[R: NamedTuple](kind: type[R], rows: Sequence[R]) -> dict[str, Sequence[Any]]:
    """Return the values of each field, in the order of the rows."""
    if isinstance(rows, Rows) and rows.columns:
        return dict(rows.columns)
    return dict(zip(kind._fields, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(kind._fields, ())


def column(rows: Sequence[Any], name: str) -> Sequence[Any]:
    """Return the values of one attribute, which need not be a field, in the order of the rows."""
    kept = rows.columns if isinstance(rows, Rows) else None
    return kept[name] if kept and name in kept else [getattr(row, name) for row in rows]


def once_each[V, W](function: Callable[[V], W], values: Sequence[V]) -> list[W]:
    """Apply a function to a column, once to each object: quantities, prices and rates of long documents repeat."""
    names = list(map(id, values))
    done = {name: function(value) for name, value in dict(zip(names, values, strict=True)).items()}
    return list(map(done.__getitem__, names))


def rows_of[R: NamedTuple](kind: type[R], columns: Mapping[str, Iterable[Any]]) -> tuple[R, ...]:
    """Return the rows with these values in each field."""
    kept = {name: tuple(columns[name]) for name in kind._fields}
    # As `_make` does, without a call for each row.
    rows = Rows(map(tuple.__new__, repeat(kind), zip(*kept.values(), strict=True)))
    rows.columns = kept
    return rows
