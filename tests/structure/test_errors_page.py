"""docs/reference/errors.md has every code that the program can answer with, its cause and what to do."""

import re

import pytest

from tools import errors
from tools.error_codes import constants, error_codes
from tools.errors import FILE, KINDS, rows, written


def test_the_page_is_current() -> None:
    assert written(FILE.read_text()) == FILE.read_text(), "run python -m tools.errors"


def test_no_error_is_missing_and_none_is_made_up() -> None:
    assert set(rows("errors")) == {code for _, _, code in error_codes()}


def test_no_code_of_a_detail_or_warning_is_missing_and_none_is_made_up() -> None:
    documented = {code for kind in KINDS for code in rows(kind)}
    of_errors = {code for _, _, code in error_codes()}
    assert constants() - of_errors <= documented
    assert documented <= constants() | of_errors


def test_causes_and_remedies_are_sentences() -> None:
    wrong = [
        code
        for kind in ("errors", *KINDS)
        for code, words in rows(kind).items()
        if not all(re.fullmatch(r"[A-Z`\[].*[.]", sentence) for sentence in words)
    ]
    assert wrong == []


def test_an_error_without_a_row_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = error_codes() | {(409, "resource_conflict", "MOON_FULL")}
    monkeypatch.setattr(errors, "error_codes", lambda: found)
    with pytest.raises(KeyError, match="MOON_FULL"):
        written(FILE.read_text())


def test_a_status_without_a_section_is_named() -> None:
    with pytest.raises(ValueError, match="429"):
        written(FILE.read_text().replace("## 429 `rate_limit_error`", "## Limits"))
