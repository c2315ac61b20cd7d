"""Lines are checked by column where they are as usual, else one by one: nobody can tell which."""

from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.lines import MAX_LINES, LineInput, Lines, new_line, new_lines


class ByColumn(RequestBody):
    """Lines as requests have them."""

    items: Lines


class OneByOne(RequestBody):
    """The same lines, each checked by itself."""

    items: Annotated[list[LineInput], Field(min_length=1, max_length=MAX_LINES)]


NUMBERS = st.one_of(
    st.integers(-(10**13), 10**13),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.sampled_from(["1", "1.50", "-0.00", "01", "1e3", ".5"]),
    st.sampled_from(list(map(Decimal, ("0", "-0.00", "1", "1.0", "100.50", "1000.00", "1E+3", "0.0000001", "1E-6")))),
)
RIGHT_NUMBERS = st.integers(1, 10**9) | st.decimals("0.000001", 10**9, places=6) | st.decimals("0.01", 9999, places=2)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
WORDS = st.sampled_from(["x", "Hours", "x" * 100, "x" * 101, " x", "x\u2003", "\x1cx", "", "😀" * 100])
RATES = st.sampled_from([None, 0, 1, *map(Decimal, ("0.19", "0.190", "0.0825000", "1.1"))])
ANYTHING: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | NUMBERS | TEXTS | WORDS | st.just([]) | st.just({"type": "fixed", "value": 1})
)
OPTIONAL = {
    "tax_rate": RATES,
    "price_quantity": st.none() | NUMBERS | RIGHT_NUMBERS,
    "sku": st.none() | TEXTS | WORDS,
    "unit": st.none() | WORDS,
    "tax_category": st.none() | WORDS | st.sampled_from(["S", "AE"]),
    "tax_exemption_reason": st.none() | WORDS,
    "tax_exemption_code": st.none() | st.sampled_from(["VATEX-EU-132", "VATEX", ""]),
    "tax_name": st.none() | WORDS,
    "details": st.none() | WORDS,
    "unit_code": st.none() | st.sampled_from(["HUR", "hours", ""]),
    "attributes": st.none() | st.lists(st.fixed_dictionaries({"name": WORDS, "value": WORDS}), max_size=2),
}
right_lines = st.fixed_dictionaries(
    {"description": st.just("Hours"), "quantity": RIGHT_NUMBERS, "unit_price": RIGHT_NUMBERS},
    optional={
        "tax_rate": st.sampled_from([0, Decimal("0.19"), None]),
        "sku": st.just("A-1"),
        "tax_category": st.sampled_from(["S", "AE", None]),
        "tax_exemption_reason": st.sampled_from(["Article 132", None]),
        "price_quantity": RIGHT_NUMBERS,
    },
)
mixed_lines = st.fixed_dictionaries(
    {"description": TEXTS | WORDS, "quantity": NUMBERS | RIGHT_NUMBERS, "unit_price": NUMBERS | RIGHT_NUMBERS},
    optional=OPTIONAL | {"discount": NUMBERS | st.just({"type": "percentage", "value": 10})},
)
any_lines = st.dictionaries(st.sampled_from([*LineInput.__annotations__, "colour"]), ANYTHING, max_size=6)


def by_column(given: Any) -> str | list[Any]:
    """The lines, with the digits of each number as they were sent, or what is wrong with them."""
    try:
        return repr(ByColumn.model_validate({"items": given}).items)
    except ValidationError as error:
        return error.errors(include_url=False, include_context=False)


def one_by_one(given: Any) -> str | list[Any]:
    """As `by_column`, the long way."""
    try:
        lines = OneByOne.model_validate({"items": given}).items
    except ValidationError as error:
        return error.errors(include_url=False, include_context=False)
    return repr(tuple(map(new_line, lines)))


@given(st.lists(right_lines, min_size=1, max_size=6))
def test_right_lines_are_the_same_both_ways(given: list[Any]) -> None:
    assert by_column(given) == one_by_one(given)
    assert isinstance(by_column(given), str)


@given(st.lists(right_lines | mixed_lines | any_lines, max_size=6))
def test_any_lines_are_the_same_both_ways(given: list[Any]) -> None:
    assert by_column(given) == one_by_one(given)


@given(st.lists(ANYTHING | right_lines, max_size=3) | ANYTHING | right_lines)
def test_what_is_no_list_of_lines_is_refused_the_same_way(given: Any) -> None:
    assert by_column(given) == one_by_one(given)


@given(st.lists(right_lines, min_size=1, max_size=6))
def test_decimal_strings_are_the_numbers_with_their_digits(given: list[Any]) -> None:
    as_texts = [line | {name: f"{Decimal(line[name]):f}" for name in ("quantity", "unit_price")} for line in given]
    assert by_column(as_texts) == by_column(given)
    assert one_by_one(as_texts) == by_column(given)


@pytest.mark.parametrize("count", [0, 1, MAX_LINES, MAX_LINES + 1])
def test_so_many_lines_are_the_same_both_ways(count: int) -> None:
    given = [{"description": "x", "quantity": 1, "unit_price": 150}] * count
    assert by_column(given) == one_by_one(given)


def test_only_what_is_unusual_is_checked_one_by_one() -> None:
    line = {"description": "x", "quantity": Decimal("1.50"), "unit_price": 150, "tax_rate": None}

    def checked_by_column(given: list[Any]) -> bool:
        def never(_: Any, __: Any = None, /) -> Any:
            raise AssertionError

        try:
            new_lines(given, never)
        except AssertionError:
            return False
        return True

    assert checked_by_column([line, line | {"sku": "A-1", "tax_rate": Decimal("0.19"), "tax_category": "S"}])
    assert not checked_by_column([line, line | {"discount": 1}])
    assert not checked_by_column([line, line | {"quantity": 0}])
    assert not checked_by_column([line, line | {"tax_category": "s"}])
