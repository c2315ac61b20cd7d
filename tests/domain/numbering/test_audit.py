"""The audit of a number series."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.numbering.audit import PeriodAudit, audit_series
from invoicing.domain.numbering.series import NumberReservation, NumberSeries, go_on_from

SERIES = NumberSeries(account="acc_1", id="invoice", version=9, next_values={"2026": 6})


def taken(values: Sequence[int], period: str | None = "2026") -> list[NumberReservation]:
    return [
        NumberReservation(account="acc_1", id=f"INV-{value}", taken_by="inv_1", period=period, value=value)
        for value in values
    ]


def audit(series: NumberSeries, reservations: Sequence[NumberReservation]) -> PeriodAudit:
    (found,) = audit_series(series, reservations)
    return found


def test_a_series_without_a_fault() -> None:
    assert audit(SERIES, taken([1, 2, 3, 4, 5])) == PeriodAudit(
        series="invoice", period="2026", first="INV-1", last="INV-5", count=5, gaps=(), duplicates=()
    )


def test_what_is_missing_is_found_at_the_beginning_within_and_at_the_end() -> None:
    assert audit(SERIES, taken([2, 4])).gaps == (1, 3, 5)
    assert audit(SERIES, []).gaps == (1, 2, 3, 4, 5)


def test_what_was_taken_twice_is_found() -> None:
    assert audit(SERIES, taken([1, 2, 2, 3, 4, 4, 4, 5])).duplicates == (2, 4)


def test_a_number_beyond_the_series_shows_what_is_missing_before_it() -> None:
    assert audit(SERIES, taken([1, 2, 3, 4, 5, 8])).gaps == (6, 7)


def test_what_was_skipped_on_purpose_is_no_gap() -> None:
    series = go_on_from(go_on_from(SERIES, "2026", 10), "2026", 13)
    assert series.skipped == {"2026": ((6, 12),)}
    assert audit(series, taken([1, 2, 3, 4, 5])).gaps == ()


def test_own_numbers_are_no_part_of_the_series() -> None:
    assert audit(SERIES, [*taken([1, 2, 3, 4, 5]), *taken([7], period=None)]).count == 5


def test_each_period_is_checked_by_itself() -> None:
    found = audit_series(SERIES, [*taken([1, 2, 3, 4, 5]), *taken([1, 3], period="2025")])
    assert [(audited.period, audited.gaps) for audited in found] == [("2025", (2,)), ("2026", ())]


@given(st.sets(st.integers(1, 40)))
def test_gaps_and_what_is_taken_are_everything(values: set[int]) -> None:
    series = NumberSeries(account="acc_1", id="invoice", next_values={"2026": 41})
    assert set(audit(series, taken(sorted(values))).gaps) == set(range(1, 41)) - values
