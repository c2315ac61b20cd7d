"""The page of EN 16931 names every term of the standard, and only fields that an invoice in a response has."""

from tools.en16931 import FILE, Term, missing_fields, terms, written


def test_it_is_what_the_tool_writes() -> None:
    assert written() == FILE.read_text(), "run python -m tools.en16931"


def test_every_term_has_one_row() -> None:
    numbers = [row.number for row in terms() if isinstance(row, Term)]
    assert sorted(numbers) == sorted(f"BT-{number}" for number in range(1, 166) if number != 4)  # there is no BT-4


def test_its_fields_exist() -> None:
    assert missing_fields() == []


def test_what_is_not_supported_says_why_and_what_is_given_says_where() -> None:
    rows = [row for row in terms() if isinstance(row, Term)]
    assert [row.number for row in rows if row.state == "no" and not row.remark] == []
    assert [row.number for row in rows if row.state == "given" and not row.fields] == []


def test_what_official_examples_use_can_be_said() -> None:
    often = [row for row in terms() if isinstance(row, Term) and row.share >= 0.1]
    missing = {row.number for row in often if row.state == "no"}
    assert missing == {"BT-98", "BT-105"}, "these are said in words instead"
    assert len(often) > 100
