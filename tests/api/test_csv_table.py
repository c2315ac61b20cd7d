"""Tables as CSV."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.api.csv_table import csv_response
from invoicing.exact_json import number

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－1", "  =1+1")


def cells(*values: object) -> list[str]:
    columns = [f"c{place}" for place in range(len(values))]
    answer = csv_response("t.csv", columns, [dict(zip(columns, values, strict=True))])
    head, row = csv.reader(io.StringIO(answer.body.decode(), newline=""), strict=True)
    assert head == columns
    return row


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert cells(text, "x") == [f"'{text}", "x"]


def test_numbers_stay_numbers_and_null_is_empty() -> None:
    assert cells(number("-120.00"), None, 7, "2026-11-26", "INV-1") == ["-120.00", "", "7", "2026-11-26", "INV-1"]


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=5))
def test_any_text_comes_back_and_none_is_a_formula(texts: list[str]) -> None:
    for text, cell in zip(texts, cells("x", *texts)[1:], strict=True):
        assert cell in {text, f"'{text}"}
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
