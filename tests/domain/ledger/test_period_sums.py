"""Sums by date in a bounded number of periods, compared with sums of every single amount."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.ledger.period_sums import PeriodSums, added, cut_by, total

FIRST = date(2020, 1, 1)
CHANGES = st.lists(
    st.tuples(st.integers(0, 3000) | st.integers(1000, 1040), st.integers(-9, 9), st.integers(-9, 9)), max_size=60
).map(lambda rows: [(FIRST + timedelta(days=day), first, second) for day, first, second in rows])


def sums(changes: list[tuple[date, int, int]]) -> tuple[int, int]:
    return sum(first for _, first, _ in changes), sum(second for _, _, second in changes)


@given(st.lists(CHANGES, max_size=5), st.integers(4, 30), st.integers(-1, 3001))
def test_sums_before_a_period_and_the_amounts_within_come_to_those_before_a_day(
    batches: list[list[tuple[date, int, int]]], most: int, day: int
) -> None:
    periods: tuple[PeriodSums, ...] = ()
    for batch in batches:
        periods = added(periods, batch, most)
        assert len(periods) <= most
        assert all(one.last < other.first for one, other in itertools.pairwise(periods))
    changes = [change for batch in batches for change in batch]
    asked = FIRST + timedelta(days=day)
    cut = cut_by(periods, asked)
    assert cut <= asked
    within = [change for change in changes if cut <= change[0] < asked]
    before = total(periods, before=cut)
    expected = [change for change in changes if change[0] < asked]
    for place in (0, 1):
        assert before[place] + sums(within)[place] == sums(expected)[place]
    assert total(periods) == sums(changes)


def test_old_days_are_merged_by_month_and_then_by_year_and_the_newest_half_stays() -> None:
    days = [date(2026, 1, day) for day in (1, 9, 20)] + [date(2026, month, 3) for month in range(2, 9)]
    by_month = added((), [(day, 1, 2) for day in days], 8)
    january, *others = by_month
    assert (january.first, january.last, january.sums) == (date(2026, 1, 1), date(2026, 1, 20), (3, 6))
    assert [period.first for period in others] == days[3:]
    assert cut_by(by_month, date(2026, 1, 9)) == date(2026, 1, 1)
    assert cut_by(by_month, date(2026, 2, 1)) == date(2026, 2, 1)
    by_year = added((), [(day, 1, 2) for day in days], 7)
    assert [(period.first, period.last) for period in by_year[:2]] == [(days[0], days[6]), (days[7], days[7])]


def test_years_are_merged_when_there_are_too_many() -> None:
    periods = added((), [(date(year, 5, 5), 1, 0) for year in range(1900, 2000)], 10)
    assert len(periods) == 6
    assert (periods[0].first, periods[0].last, periods[0].sums) == (date(1900, 5, 5), date(1994, 5, 5), (95, 0))


def test_a_day_that_comes_to_nothing_is_left_out_and_a_longer_period_is_not() -> None:
    assert added((), [(FIRST, 5, 1), (FIRST, -5, -1)]) == ()
    longer = (PeriodSums(FIRST, FIRST + timedelta(days=9), (5, 1)),)
    (period,) = added(longer, [(FIRST + timedelta(days=4), -5, -1)])
    assert (period.first, period.last, period.sums) == (FIRST, FIRST + timedelta(days=9), (0, 0))
