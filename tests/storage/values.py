"""Values for any field of an entity that is stored, made by hypothesis from the field's type."""

import types
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, ClassVar, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

TEXTS = st.text(max_size=20) | st.sampled_from(["", "Zoë 😀 漢字", "a\x00b", '"\\', "null", "\u202e"])
NUMBERS = st.decimals(-(10**12), 10**12, places=6) | st.sampled_from(
    [Decimal(text) for text in ("1E+3", "0.000001", "1E-6", "0", "-0.10", "0.10", "100.00")]
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(1, 2**53),
    bool: st.booleans(),
    Decimal: NUMBERS,
    Fraction: st.fractions(),
    date: st.dates(),
    time: st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    datetime: st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
}


def any_of[T](kind: type[T], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Things whose every field has a value that its type allows."""
    hints = get_type_hints(kind)
    values = {
        name: given[name] if name in given else _of(hint)
        for name, hint in hints.items()
        if get_origin(hint) is not ClassVar
    }
    return st.builds(kind, **values)


@cache
def _of(annotation: Any) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in PLAIN:
        return PLAIN[annotation]
    if origin in {Union, types.UnionType}:
        options = [argument for argument in arguments if argument is not types.NoneType]
        return st.none() | st.one_of(*map(_of, options))
    if origin is Sequence:
        origin, arguments = tuple, (*arguments, ...)
    if origin is tuple:
        of = [_of(argument) for argument in arguments if argument is not Ellipsis]
        return st.lists(of[0], max_size=3).map(tuple) if arguments[-1] is Ellipsis else st.tuples(*of)
    if origin is Literal or (isinstance(annotation, type) and issubclass(annotation, Enum)):
        return st.sampled_from(list(arguments or annotation))
    if origin is Mapping:
        return st.dictionaries(_of(arguments[0]), _of(arguments[1]), max_size=3)
    if is_dataclass(annotation) or hasattr(annotation, "_fields"):
        return any_of(annotation)  # made once: hypothesis takes longer to look at a strategy than to use it
    raise TypeError(f"no values for {annotation}")
