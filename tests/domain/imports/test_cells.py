"""Cells: read as the import says, or refused."""

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.imports.cells import value_of
from invoicing.domain.imports.data_import import DateFormat, Reading


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(get_args(DateFormat)))
def test_a_date_of_the_format_is_read(day: date, date_format: DateFormat) -> None:
    written = date_format
    for name, value in (("YYYY", day.year), ("MM", day.month), ("DD", day.day)):
        written = written.replace(name, f"{value:0{len(name)}}")  # type: ignore[assignment]
    assert value_of(written, "date", "d", Reading(date_format=date_format)) == day.isoformat()


@pytest.mark.parametrize("cell", ["2026-02-30", "22.11.2026", "2026-1-2", "0000-01-01", "today", "٢٠٢٦-٠١-٠١"])
def test_what_is_no_date_is_refused(cell: str) -> None:
    with pytest.raises(ValidationFailed, match="d must be a date") as refused:
        value_of(cell, "date", "d", Reading())
    assert refused.value.details[0].code == "DATE_INVALID"


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("1234.56", ".", "1234.56"),
        ("-0.5", ".", "-0.5"),
        ("007", ".", "7"),
        ("1.234,56", ",", "1234.56"),
        ("-1.000", ",", "-1000"),
        ("1.234.567", ",", "1234567"),
        ("1234,5", ",", "1234.5"),
        ("'-5", ".", "-5"),
        ("1,234.56", ".", None),
        ("1.234,56", ".", None),
        ("1.23", ",", None),
        ("12.34,5", ",", None),
        ("1e5", ".", None),
        ("1 000", ".", None),
        ("€ 5", ".", None),
        ("--5", ".", None),
    ],
)
def test_numbers(cell: str, decimal: str, value: str | None) -> None:
    reading = Reading(decimal=decimal)  # type: ignore[arg-type]
    if value is None:
        with pytest.raises(ValidationFailed, match="n must be a number"):
            value_of(cell, "number", "n", reading)
    else:
        assert value_of(cell, "number", "n", reading) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2), st.sampled_from([".", ","]))
def test_a_number_is_read_as_it_is_written(number: Decimal, decimal: str) -> None:
    written = f"{number:f}".replace(".", decimal)
    found = value_of(written, "number", "n", Reading(decimal=decimal))  # type: ignore[arg-type]
    assert Decimal(str(found)) == number


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        (" ", "text", None),
        ("'=1+1", "text", "=1+1"),
        ("'  =1+1", "text", "  =1+1"),
        ("'tis", "text", "'tis"),
        ("TRUE", "boolean", True),
        ("false", "boolean", False),
    ],
)
def test_texts_and_choices(cell: str, kind: str, value: str | bool | None) -> None:
    assert value_of(cell, kind, "t", Reading()) == value  # type: ignore[arg-type]


def test_what_is_neither_true_nor_false() -> None:
    with pytest.raises(ValidationFailed, match="true or false"):
        value_of("yes", "boolean", "t", Reading())
