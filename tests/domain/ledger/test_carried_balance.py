"""Balances carried forward over some entries, and what is recorded since, are those of all entries."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.ledger.carried_balance import (
    MOST_PERIODS,
    CarriedBalance,
    carried_forward,
    only_in,
    tells_all_of,
)
from invoicing.domain.ledger.entry import LedgerEntry, Movement, OpenItemChange
from invoicing.domain.ledger.statement import Statement, balances, needed_from, statements_of
from tests.builders import ACCOUNT, NOW

TODAY = date(2026, 11, 22)
NOTHING = CarriedBalance(account=ACCOUNT, id="cust_123")
DAYS = st.integers(-900, 40) | st.integers(-5, 5)
ROWS = st.lists(
    st.tuples(DAYS, DAYS, st.integers(-500, 500), st.integers(-50, 50), st.sampled_from(("USD", "EUR", "JPY"))),
    max_size=60,
)


def an_entry(number: int, row: tuple[int, int, int, int, str]) -> LedgerEntry:
    """An entry of days from today for its date and its due date, of an amount, a credit and a currency."""
    day, due, amount, credit, currency = row
    change = OpenItemChange(due_date=TODAY + timedelta(days=due), amount=amount + credit, count=1)
    return LedgerEntry(
        account=ACCOUNT,
        id=f"ent_{number:06}",
        customer_id="cust_123",
        currency=currency,
        date=TODAY + timedelta(days=day),
        movement=Movement.INVOICE,
        amount=amount,
        credit=credit,
        open_items=(change,),
        created_at=NOW + timedelta(seconds=number),
    )


PERIODS = st.tuples(DAYS, st.integers(0, 60)).map(
    lambda days: (TODAY + timedelta(days=days[0]), TODAY + timedelta(days=sum(days)))
)
ENTRIES = ROWS.map(lambda rows: [an_entry(number, row) for number, row in enumerate(rows)])


def carried_in_steps(entries: list[LedgerEntry], steps: list[int], most: int) -> CarriedBalance:
    """Carried forward over the first entries in steps of so many, each with some that are in it already."""
    carried, done = NOTHING, 0
    for step in steps:
        carried = carried_forward(carried, entries[max(0, done - 3) : done + step], most=most)
        done += step
    return carried


@given(ENTRIES, st.lists(st.integers(0, 25), max_size=4), st.integers(12, 60), DAYS)
def test_balances_are_the_same_however_much_is_carried_forward(
    entries: list[LedgerEntry], steps: list[int], most: int, day: int
) -> None:
    today = TODAY + timedelta(days=day)
    carried = carried_in_steps(entries, steps, most)
    if not tells_all_of(carried, today):
        carried = NOTHING
    since = [entry for entry in entries if entry.id > carried.recorded_until]
    assert balances(carried, since, "USD", today) == balances(NOTHING, entries, "USD", today)


@given(ENTRIES, st.lists(st.integers(0, 25), max_size=4), st.integers(12, 60), PERIODS, st.randoms())
def test_statements_are_the_same_however_much_is_carried_forward(
    entries: list[LedgerEntry], steps: list[int], most: int, period: tuple[date, date], order: Random
) -> None:
    start, end = period
    carried = carried_in_steps(entries, steps, most)
    needed = [
        entry for entry in entries if entry.id > carried.recorded_until or needed_from(carried, start) <= entry.date
    ]
    order.shuffle(needed)

    def made(known: CarriedBalance, given: list[LedgerEntry]) -> tuple[Statement, ...]:
        return statements_of(customer_id="cust_123", currency="USD", start=start, end=end, carried=known, entries=given)

    found, whole = made(carried, needed), made(NOTHING, entries)
    assert [replace(each, ageing=None) for each in found] == [replace(each, ageing=None) for each in whole]
    for one in whole:
        assert one.ageing
        assert sum(one.ageing.buckets) - one.ageing.unapplied_credit == sum(
            entry.amount for entry in entries if entry.currency == one.currency and entry.date <= end
        )
    euros = [entry for entry in needed if entry.currency == "EUR"]
    of_euros = made(only_in("EUR", carried), euros), made(NOTHING, [e for e in entries if e.currency == "EUR"])
    assert [replace(each, ageing=None) for each in of_euros[0]] == [replace(each, ageing=None) for each in of_euros[1]]


@given(
    st.lists(st.tuples(DAYS, DAYS, st.integers(1, 500), st.just(0), st.just("USD")), max_size=60),
    st.lists(st.integers(0, 25), max_size=4),
    st.integers(12, 60),
    PERIODS,
)
def test_ageing_is_that_of_the_last_day_or_it_is_not_told(
    rows: list[tuple[int, int, int, int, str]], steps: list[int], most: int, period: tuple[date, date]
) -> None:
    start, end = period
    entries = [an_entry(number, row) for number, row in enumerate(rows)]
    expected = [0] * 5
    for entry in entries:
        days = (end - entry.open_items[0].due_date).days
        bucket = next((index for index, longest in enumerate((0, 30, 60, 90)) if days <= longest), 4)
        expected[bucket] += entry.amount if entry.date <= end else 0
    carried = carried_in_steps(entries, steps, most)
    for known in (carried, NOTHING):
        needed = [each for each in entries if each.id > known.recorded_until or each.date >= needed_from(known, start)]
        statements = statements_of(
            customer_id="cust_123", currency="USD", start=start, end=end, carried=known, entries=needed
        )
        if known is NOTHING or statements[0].ageing:
            assert statements[0].ageing
            assert statements[0].ageing.buckets == tuple(expected)


@given(ENTRIES)
def test_entries_that_are_in_it_are_not_added_again(entries: list[LedgerEntry]) -> None:
    once = carried_forward(NOTHING, entries)
    assert carried_forward(once, entries) == replace(once, version=2)
    assert carried_forward(once, entries[:7]) == replace(once, version=2)


@pytest.mark.parametrize("currencies", [1, 3, 150])
def test_it_has_a_bounded_number_of_periods(currencies: int) -> None:
    """Entries and due dates of 3,000 different days, half of them still to come."""
    entries = [an_entry(n, (n - 1500, 1500 - n, 1, 0, f"C{n % currencies:02}")) for n in range(3000)]
    carried = carried_forward(NOTHING, entries)
    assert len(carried.currencies) == currencies
    for kind in ("dated", "due"):
        periods = sum(len(getattr(sums, kind)) for sums in carried.currencies.values())
        assert periods <= max(MOST_PERIODS, 4 * currencies)


def test_it_does_not_tell_all_of_a_day_within_a_longer_period() -> None:
    entries = [an_entry(n, (n, n, 1, 0, "USD")) for n in range(MOST_PERIODS + 1)]
    carried = carried_forward(NOTHING, entries)
    assert not tells_all_of(carried, TODAY + timedelta(days=3))
    assert tells_all_of(carried, TODAY + timedelta(days=MOST_PERIODS - 5))
    assert tells_all_of(carried_forward(NOTHING, entries[:-1]), TODAY + timedelta(days=3))
