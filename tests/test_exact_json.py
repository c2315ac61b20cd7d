"""JSON is read exactly, and what is refused is refused in our own words."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing import exact_json

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
)


def refusal(text: str | bytes) -> str:
    with pytest.raises(ValueError, match=r"\w") as error:
        exact_json.loads(text)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": ', "syntax error at line 1, column 7"),
        ('{\n  "a": 1,\n}', "syntax error at line 2, column 9"),
        ("[1] 2", "syntax error at line 1, column 5"),
        ('"\n"', "syntax error at line 1, column 2"),
        (b"\xff\xfe", "it is not UTF-8"),
        ("[" * 100_000, "it is nested too deeply"),
        ("NaN", "NaN is not a JSON value"),
        ("1e99999999999999999999", "a number has too large an exponent"),
        ("9" * 1001, "a number has more than 1000 digits"),
        (r'"\ud800"', "a text has half a surrogate pair"),
        ('{"a": 1, "b": 2, "a": 1}', 'the member "a" occurs more than once in an object'),
        ('[{"a": {"b": 1, "\\u0062": 2}}]', 'the member "b" occurs more than once in an object'),
        ('{"": 1, "": 2}', 'the member "" occurs more than once in an object'),
        (r'{"é": 1, "\u00e9": 2}', 'the member "é" occurs more than once in an object'),
        (r'{"\ud800": 1, "\ud800": 2}', r'the member "\ud800" occurs more than once in an object'),
        (f'{{"{"x" * 900}": 1, "{"x" * 900}": 2}}', f'the member "{"x" * 100}" occurs more than once in an object'),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_not_json_is_refused_in_our_own_words(text: str | bytes, expected: str) -> None:
    assert refusal(text) == expected


@given(VALUES)
def test_what_has_no_name_twice_is_read_as_it_is(value: Any) -> None:
    assert exact_json.loads(json.dumps(value)) == value


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=4), VALUES, st.data())
def test_a_name_that_occurs_twice_is_refused_wherever_it_stands(
    members: dict[str, Any], other: Any, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(list(members)))
    pairs = [*members.items(), (name, other)]
    twice = "{" + ", ".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in pairs) + "}"
    for text in (twice, f"[{twice}]", f'{{"around": {twice}}}'):
        assert refusal(text).endswith("occurs more than once in an object")


def test_fractions_are_exact() -> None:
    assert exact_json.loads("0.1000000000000000055511151231257827") == Decimal("0.1000000000000000055511151231257827")
