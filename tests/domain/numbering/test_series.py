"""Invoice numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.numbering.series import (
    DEFAULT_PATTERN,
    NumberSeries,
    Reset,
    check_pattern,
    take_number,
    write_number,
)

IN_2026 = date(2026, 11, 22)
SERIES = NumberSeries(account="acc_1", id="invoice")


def take(pattern: str, *issue_dates: date) -> list[str]:
    series, numbers = SERIES, []
    for issue_date in issue_dates:
        number, series = take_number(series, pattern, issue_date)
        numbers.append(number)
    return numbers


@pytest.mark.parametrize(
    ("pattern", "value", "number"),
    [
        (DEFAULT_PATTERN, 7, "INV-2026-007"),
        (DEFAULT_PATTERN, 999, "INV-2026-999"),
        (DEFAULT_PATTERN, 1000, "INV-2026-1000"),
        ("{seq}", 7, "7"),
        ("R{seq:06}/{year}", 7, "R000007/2026"),
        ("{seq:03}-{seq}", 7, "007-7"),
        ("{month}-{seq}", 7, "{month}-7"),
    ],
)
def test_a_pattern_writes_the_number(pattern: str, value: int, number: str) -> None:
    assert write_number(pattern, value, IN_2026) == number


def test_numbers_follow_one_another() -> None:
    assert take(DEFAULT_PATTERN, IN_2026, IN_2026, IN_2026) == ["INV-2026-001", "INV-2026-002", "INV-2026-003"]


def test_each_year_counts_for_itself_whatever_order_invoices_are_issued_in() -> None:
    in_2027 = date(2027, 1, 1)
    assert take(DEFAULT_PATTERN, IN_2026, in_2027, IN_2026, in_2027) == [
        "INV-2026-001",
        "INV-2027-001",
        "INV-2026-002",
        "INV-2027-002",
    ]


def test_without_a_year_in_the_pattern_the_series_goes_on_for_ever() -> None:
    assert take("R{seq}", IN_2026, date(2027, 1, 1), IN_2026) == ["R1", "R2", "R3"]


def test_taking_a_number_makes_the_next_version_of_the_series() -> None:
    series = NumberSeries(account="acc_1", id="invoice", version=4, next_values={"2025": 9})
    _, after = take_number(series, DEFAULT_PATTERN, IN_2026)
    assert after.version == 5
    assert after.next_values == {"2025": 9, "2026": 2}
    assert series.next_values == {"2025": 9}


@given(st.lists(st.dates(), min_size=1, max_size=60), st.sampled_from([DEFAULT_PATTERN, "{seq}", "A{seq:04}-{year}"]))
def test_a_series_never_repeats_or_leaves_out_a_number(issue_dates: list[date], pattern: str) -> None:
    years = [issue_date.year if "{year}" in pattern else 0 for issue_date in issue_dates]
    expected = [
        write_number(pattern, years[: index + 1].count(year), issue_dates[index]) for index, year in enumerate(years)
    ]
    assert take(pattern, *issue_dates) == expected
    assert len(set(expected)) == len(expected)


@pytest.mark.parametrize(
    ("pattern", "reset"),
    [(DEFAULT_PATTERN, "yearly"), (DEFAULT_PATTERN, "never"), ("{seq}", "never"), ("R {seq:06}/{year}", "yearly")],
)
def test_a_pattern_that_writes_numbers_is_accepted(pattern: str, reset: Reset) -> None:
    check_pattern(pattern, reset)


@pytest.mark.parametrize(
    ("pattern", "reset"),
    [
        ("", "never"),
        ("INV-{year}", "yearly"),
        ("{seq}-{seq}", "never"),
        ("{year}{year}{seq}", "yearly"),
        ("{month}-{seq}", "never"),
        ("{seq:3}", "never"),
        ("{{seq}}", "never"),
        ("R{seq}", "yearly"),
        (" {seq}", "never"),
        ("ü{seq}", "never"),
        ("x" * 36 + "{seq}", "never"),
    ],
)
def test_a_pattern_that_writes_none_or_repeats_them_is_refused(pattern: str, reset: Reset) -> None:
    with pytest.raises(ValidationFailed) as refused:
        check_pattern(pattern, reset)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [
        ("numbering.pattern", "PATTERN_INVALID")
    ]


def test_a_series_that_never_resets_counts_on_over_the_years() -> None:
    number, series = take_number(SERIES, DEFAULT_PATTERN, IN_2026, "never")
    assert (number, take_number(series, DEFAULT_PATTERN, date(2027, 1, 1), "never")[0]) == (
        "INV-2026-001",
        "INV-2027-002",
    )
