"""The audit of number series."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.numbering.audit import AssignedNumber, AuditPart, OutOfOrder, PeriodAudit, audit_part
from invoicing.domain.numbering.series import NumberSeries, go_on_from

SERIES = NumberSeries(account="acc_1", id="invoice", version=9, next_values={"2026": 6})
DAY = date(2026, 1, 1)


def assigned(values: Sequence[int], period: str | None = "2026", series: str = "invoice") -> list[AssignedNumber]:
    return [AssignedNumber(series, period, value, f"INV-{value}", DAY) for value in values]


def both(*series: NumberSeries) -> Mapping[str, NumberSeries]:
    return {one.id: one for one in series}


def audit(series: NumberSeries, numbers: Sequence[AssignedNumber]) -> PeriodAudit:
    (found,) = audit_part(both(series), numbers).periods
    return found


def test_a_series_without_a_fault() -> None:
    assert audit(SERIES, assigned([1, 2, 3, 4, 5])) == PeriodAudit(
        series="invoice",
        period="2026",
        first="INV-1",
        last="INV-5",
        count=5,
        gaps=(),
        duplicates=(),
        out_of_order=(),
    )


def test_what_is_missing_is_found_at_the_beginning_within_and_at_the_end() -> None:
    assert audit(SERIES, assigned([2, 4])).gaps == (1, 3, 5)
    assert audit(SERIES, []).gaps == (1, 2, 3, 4, 5)


def test_what_was_taken_twice_is_found() -> None:
    assert audit(SERIES, assigned([1, 2, 2, 3, 4, 4, 4, 5])).duplicates == (2, 4)


def test_a_number_beyond_the_series_shows_what_is_missing_before_it() -> None:
    assert audit(SERIES, assigned([1, 2, 3, 4, 5, 8])).gaps == (6, 7)


def test_what_was_skipped_on_purpose_is_no_gap() -> None:
    series = go_on_from(go_on_from(SERIES, "2026", 10), "2026", 13)
    assert series.skipped == {"2026": ((6, 12),)}
    assert audit(series, assigned([1, 2, 3, 4, 5])).gaps == ()


def test_own_numbers_are_no_part_of_the_series() -> None:
    part = audit_part(both(SERIES), [*assigned([1, 2, 3, 4, 5]), AssignedNumber(None, None, 0, "OWN", None)])
    assert ([found.count for found in part.periods], part.own) == ([5], ("OWN",))


def test_each_period_is_checked_by_itself() -> None:
    part = audit_part(both(SERIES), [*assigned([1, 3], period="2025"), *assigned([1, 2, 3, 4, 5])])
    assert [(found.period, found.gaps) for found in part.periods] == [("2025", (2,)), ("2026", ())]


def test_of_one_period_only_its_counters_count() -> None:
    series = NumberSeries(account="acc_1", id="invoice", next_values={"2025": 4, "2026": 6})
    part = audit_part(both(series), assigned([1, 2, 3, 4, 5]), period="2026")
    assert [(found.period, found.gaps) for found in part.periods] == [("2026", ())]


def test_numbers_that_run_against_the_dates_are_found_with_the_number_they_follow() -> None:
    dates = [DAY, DAY + timedelta(9), DAY + timedelta(3), DAY + timedelta(9), DAY + timedelta(8)]
    numbers = [number._replace(issue_date=on) for number, on in zip(assigned([1, 2, 3, 4, 5]), dates, strict=True)]
    assert audit(SERIES, numbers).out_of_order == (
        OutOfOrder("INV-3", dates[2], "INV-2", dates[1]),
        OutOfOrder("INV-5", dates[4], "INV-4", dates[3]),
    )


@given(st.sets(st.integers(1, 40)))
def test_gaps_and_what_is_taken_are_everything(values: set[int]) -> None:
    series = NumberSeries(account="acc_1", id="invoice", next_values={"2026": 41})
    assert set(audit(series, assigned(sorted(values))).gaps) == set(range(1, 41)) - values


def test_numbers_of_a_series_that_somebody_took_away_are_shown() -> None:
    (lost,) = audit_part({}, assigned([1, 3], series="series_9")).periods
    assert (lost.series, lost.count, lost.gaps) == ("series_9", 2, (2,))


NUMBERS = st.builds(
    lambda period, series, value, days: AssignedNumber(
        series, period, value, f"{series}/{period}/{value}", DAY + timedelta(days)
    ),
    st.sampled_from(["", "2025", "2026", "2026-01"]),
    st.sampled_from(["invoice", "credit_note"]),
    st.integers(1, 12),
    st.integers(0, 30),
)
COUNTERS = st.dictionaries(st.sampled_from(["", "2025", "2026"]), st.integers(1, 14))


def in_parts(series: Mapping[str, NumberSeries], numbers: Sequence[AssignedNumber], size: int) -> list[AuditPart]:
    values = [list(group) for _, group in groupby(numbers, key=lambda number: number.place)]
    parts: list[AuditPart] = []
    for start in range(0, max(len(values), 1), size):
        page = [number for group in values[start : start + size] for number in group]
        after = parts[-1].end if parts else None
        parts.append(audit_part(series, page, after=after, has_more=start + size < len(values)))
    return parts


@given(st.lists(NUMBERS, max_size=30), COUNTERS, COUNTERS, st.integers(1, 5))
def test_parts_of_any_size_find_what_one_audit_finds(
    numbers: list[AssignedNumber], invoices: dict[str, int], notes: dict[str, int], size: int
) -> None:
    series = both(
        NumberSeries(account="acc_1", id="invoice", next_values=invoices),
        NumberSeries(account="acc_1", id="credit_note", next_values=notes),
    )
    numbers.sort(key=lambda number: (number.place, number.issue_date))
    (whole,) = in_parts(series, numbers, 1000)
    parts = in_parts(series, numbers, size)
    assert parts[-1].end is None
    together = [period for part in parts for period in part.periods]
    for name in ("gaps", "duplicates", "out_of_order"):
        assert [(period.period, period.series, fault) for period in together for fault in getattr(period, name)] == [
            (period.period, period.series, fault) for period in whole.periods for fault in getattr(period, name)
        ]
    assert sum(period.count for period in together) == len(numbers)
    assert {(period.period, period.series) for period in together} == {
        (period.period, period.series) for period in whole.periods
    }
