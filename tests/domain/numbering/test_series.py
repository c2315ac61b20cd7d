"""Invoice numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.numbering.series import (
    NumberRule,
    NumberSeries,
    take_number,
)
from invoicing.domain.numbering.settings import DEFAULT_PATTERN, Reset, check_pattern

IN_2026 = date(2026, 11, 22)
SERIES = NumberSeries(account="acc_1", id="invoice")


def take(pattern: str, *issue_dates: date) -> list[str]:
    series, numbers = SERIES, []
    for issue_date in issue_dates:
        number, series = take_number(series, NumberRule(pattern), issue_date)
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
        ("{year}{month}-{seq}", 7, "202611-7"),
        ("{day}-{seq}", 7, "{day}-7"),
    ],
)
def test_a_pattern_writes_the_number(pattern: str, value: int, number: str) -> None:
    assert NumberRule(pattern).write(value, IN_2026) == number


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
    _, after = take_number(series, NumberRule(DEFAULT_PATTERN), IN_2026)
    assert after.version == 5
    assert after.next_values == {"2025": 9, "2026": 2}
    assert series.next_values == {"2025": 9}


@given(st.lists(st.dates(), min_size=1, max_size=60), st.sampled_from([DEFAULT_PATTERN, "{seq}", "A{seq:04}-{year}"]))
def test_a_series_never_repeats_or_leaves_out_a_number(issue_dates: list[date], pattern: str) -> None:
    years = [issue_date.year if "{year}" in pattern else 0 for issue_date in issue_dates]
    expected = [
        NumberRule(pattern).write(years[: index + 1].count(year), issue_dates[index])
        for index, year in enumerate(years)
    ]
    assert take(pattern, *issue_dates) == expected
    assert len(set(expected)) == len(expected)


@pytest.mark.parametrize(
    ("pattern", "reset"),
    [
        (DEFAULT_PATTERN, "yearly"),
        (DEFAULT_PATTERN, "never"),
        ("{seq}", "never"),
        ("R {seq:06}/{year}", "yearly"),
        ("{year}{month}{seq}", "monthly"),
        ("{month:02}-{seq}", "never"),
    ],
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
        ("{month}{month}-{seq}", "never"),
        ("{day}-{seq}", "never"),
        ("{month}-{seq}", "monthly"),
        ("{year}-{seq}", "monthly"),
        ("{month}-{seq}", "yearly"),
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
    rule = NumberRule(DEFAULT_PATTERN, "never")
    number, series = take_number(SERIES, rule, IN_2026)
    assert (number, take_number(series, rule, date(2027, 1, 1))[0]) == ("INV-2026-001", "INV-2027-002")


@pytest.mark.parametrize(
    ("rule", "on", "period", "number"),
    [
        (NumberRule(DEFAULT_PATTERN, "yearly", 4), date(2026, 3, 31), "2026", "INV-2026-007"),
        (NumberRule(DEFAULT_PATTERN, "yearly", 4), date(2026, 4, 1), "2027", "INV-2027-007"),
        (NumberRule(DEFAULT_PATTERN, "yearly", 12), date(2026, 12, 1), "2027", "INV-2027-007"),
        (NumberRule(DEFAULT_PATTERN, "never", 4), date(2026, 4, 1), "", "INV-2027-007"),
        (NumberRule("{year}{month}{seq}", "monthly"), date(2026, 1, 31), "2026-01", "2026017"),
        (NumberRule("{year}-{month}-{seq}", "monthly", 4), date(2026, 4, 30), "2027-04", "2027-04-7"),
        (NumberRule("{month}-{seq}", "never"), date(2026, 4, 30), "", "04-7"),
    ],
)
def test_the_reset_decides_the_period_of_a_date(rule: NumberRule, on: date, period: str, number: str) -> None:
    assert (rule.period_of(on), rule.write(7, on)) == (period, number)


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS, st.integers(1, 12))
def test_a_fiscal_year_has_twelve_months_in_a_row_and_the_name_of_its_last_day(day: date, start: int) -> None:
    rule = NumberRule(DEFAULT_PATTERN, "yearly", start)
    months = {(day.year * 12 + day.month - 1 + shift) for shift in range(-12, 13)}
    same = sorted(
        month for month in months if rule.period_of(date(month // 12, month % 12 + 1, 1)) == rule.period_of(day)
    )
    assert same == list(range(same[0], same[0] + 12))
    assert same[0] % 12 + 1 == start
    assert rule.period_of(day) == str(same[-1] // 12)


@given(DAYS, DAYS, st.integers(1, 12), st.sampled_from(["yearly", "monthly", "never"]))
def test_the_same_value_is_the_same_number_only_in_the_same_period(
    first: date, second: date, start: int, reset: Reset
) -> None:
    rule = NumberRule("{year}{month}{seq}" if reset == "monthly" else "{year}{seq}", reset, start)
    if rule.period_of(first) != rule.period_of(second):
        assert rule.write(7, first) != rule.write(7, second)
    elif reset != "never":
        assert rule.write(7, first) == rule.write(7, second)


@given(st.lists(DAYS, min_size=1, max_size=60), st.integers(1, 12))
def test_each_month_is_counted_without_a_gap(days: list[date], start: int) -> None:
    rule, series, numbers = NumberRule("{year}{month}{seq}", "monthly", start), SERIES, []
    for day in days:
        number, series = take_number(series, rule, day)
        numbers.append(number)
    assert len(set(numbers)) == len(numbers)
    months = [(day.year, day.month) for day in days]
    assert sorted(series.next_values.values()) == sorted(months.count(month) + 1 for month in set(months))
