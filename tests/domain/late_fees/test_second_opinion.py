"""Late fees of random invoices, compared with a second implementation, and what holds of all of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.late_fees.charging import ChargedFee, automatic_fees, fees_due, next_automatic_day
from invoicing.domain.late_fees.due_history import AmountChange, DueHistory
from invoicing.domain.late_fees.late_fee import LateFee, PeriodLength, Rate, Tier, problems
from tests.domain.late_fees.day_by_day import Ledger, Rules

DAY = timedelta(days=1)
FIRST = date(2027, 1, 25)
HORIZON = 100
PERCENTS = st.integers(1, 10000).map(lambda hundredths: Decimal(hundredths) / 100)
DAYS = st.integers(-20, HORIZON)
PERIODS: st.SearchStrategy[PeriodLength] = st.sampled_from(["once", "P7D", "P1M"])


@st.composite
def histories(draw: st.DrawFn) -> DueHistory:
    """What was due in yen, which the second opinion counts one by one; changes may come to more than is payable."""
    anchor = FIRST + DAY * draw(st.integers(0, 10))
    changes = draw(st.lists(st.tuples(DAYS, st.integers(-500, 250).filter(bool)), max_size=6))
    return DueHistory(
        currency="JPY",
        issue_date=anchor - DAY * draw(st.integers(-3, 30)),
        due_date=anchor,
        amount_payable=draw(st.integers(1, 900)),
        changes=tuple(AmountChange(anchor + DAY * on, amount) for on, amount in changes),
    )


@st.composite
def interests(draw: st.DrawFn) -> dict[str, Any]:
    if draw(st.booleans()):
        return {"type": "daily_interest", "value": draw(PERCENTS)}
    begins = sorted(draw(st.sets(DAYS, min_size=1, max_size=4)))
    rates = tuple(Rate(FIRST + DAY * on, draw(PERCENTS)) for on in begins)
    return {
        "type": "daily_interest",
        "rates": rates,
        "rate_basis": draw(st.sampled_from(["period", "start", "payment"])),
    }


@st.composite
def fixed_sums(draw: st.DrawFn) -> dict[str, Any]:
    if draw(st.booleans()):
        return {"type": "fixed", "value": Decimal(draw(st.integers(1, 60)))}
    least = sorted(draw(st.sets(st.integers(0, 900), min_size=1, max_size=4)))
    return {
        "type": "fixed",
        "tiers": tuple(Tier(Decimal(each), Decimal(draw(st.integers(0, 60)))) for each in least),
    }


PERCENTAGES = st.builds(lambda percent: {"type": "percentage", "value": percent}, PERCENTS)
ANY = interests() | fixed_sums() | PERCENTAGES


@st.composite
def late_fees(draw: st.DrawFn, *, of: st.SearchStrategy[dict[str, Any]] | None = None) -> LateFee:
    late_fee = LateFee(
        **draw(ANY if of is None else of),
        period=draw(PERIODS),
        grace_days=draw(st.integers(0, 20) | st.just(0)),
        maximum=draw(st.none() | st.integers(1, 200).map(Decimal)),
        automatic=True,
    )
    assert problems(late_fee) == ()
    return late_fee


def second_opinion(late_fee: LateFee, history: DueHistory) -> Ledger:
    changes: dict[date, int] = defaultdict(int)
    for on, amount in history.changes:
        changes[on] += amount

    def rate_on(day: date) -> Fraction:
        known = [rate.value for rate in late_fee.rates if rate.begins <= day]
        return Fraction(late_fee.value or (known[-1] if known else 0)) / 100

    def fee_for(amount: int) -> int:
        if late_fee.type != "fixed":
            return 0
        reached = [tier.value for tier in late_fee.tiers if tier.from_amount <= amount]
        return int(late_fee.value or (reached[-1] if reached else 0))

    assert late_fee.type != "none"
    rules = Rules(
        type=late_fee.type,
        rate_on=rate_on,
        basis=late_fee.rate_basis,
        fee_for=fee_for,
        period=late_fee.period,
        grace=late_fee.grace_days,
        most=None if late_fee.maximum is None else int(late_fee.maximum),
    )
    return Ledger(rules, history.amount_payable, max(history.due_date, history.issue_date), changes)


def charged_on(late_fee: LateFee, history: DueHistory, days: Iterable[date]) -> list[ChargedFee]:
    """All fees when they are charged on these days and on no other."""
    charged: list[ChargedFee] = []
    for day in days:
        charged += [fee.charged for fee in fees_due(late_fee, history, tuple(charged), day)]
    return charged


def days_of(history: DueHistory, every: int = 1) -> list[date]:
    return [history.anchor + DAY * number for number in range(0, HORIZON + 1, every)]


@given(late_fees(), histories(), st.lists(st.integers(0, HORIZON), min_size=1, max_size=12).map(sorted))
def test_both_implementations_charge_the_same_on_whatever_days_they_are_asked(
    late_fee: LateFee, history: DueHistory, asked: list[int]
) -> None:
    ledger = second_opinion(late_fee, history)
    charged: list[ChargedFee] = []
    for day in (history.anchor + DAY * number for number in asked):
        fees = list(fees_due(late_fee, history, charged, day))
        found = [(None if fee.period == "once" else fee.period, fee.last_day, fee.amount) for fee in fees]
        expected = [(end and end.isoformat(), last, amount) for end, last, amount in ledger.charge(day)]
        assert found == expected
        charged += [fee.charged for fee in fees]


@given(late_fees(of=interests()), histories(), st.integers(1, 30))
def test_fees_of_interest_add_up_to_the_whole_however_it_is_divided(
    late_fee: LateFee, history: DueHistory, every: int
) -> None:
    late_fee = replace(late_fee, maximum=None)
    fees = charged_on(late_fee, history, days_of(history, every))
    if fees and (late_fee.rate_basis != "payment" or not late_fee.rates):  # whose rate can fall later
        exact = second_opinion(late_fee, history).accrued(fees[-1].last_day)
        assert abs(sum(fee.amount for fee in fees) - exact) <= Fraction(1, 2)


@given(late_fees(), histories(), st.permutations(range(6)))
def test_no_fee_is_charged_twice_and_the_order_of_what_was_recorded_is_of_no_account(
    late_fee: LateFee, history: DueHistory, order: list[int]
) -> None:
    fees = charged_on(late_fee, history, days_of(history, 3))
    assert len({(fee.type, fee.period) for fee in fees}) == len(fees)
    assert not [fee for fee in fees if fee.amount <= 0]
    if late_fee.maximum is not None:
        assert sum(fee.amount for fee in fees) <= late_fee.maximum
    assert charged_on(late_fee, history, [history.anchor + DAY * HORIZON] * 2) == charged_on(
        late_fee, history, [history.anchor + DAY * HORIZON]
    )
    shuffled = tuple(history.changes[index] for index in order if index < len(history.changes))
    assert charged_on(late_fee, replace(history, changes=shuffled), days_of(history, 3)) == fees


@given(late_fees(), histories(), st.integers(0, HORIZON), st.integers(0, HORIZON), st.integers(0, 300))
def test_more_days_and_a_larger_amount_never_cost_less(
    late_fee: LateFee, history: DueHistory, one: int, other: int, more: int
) -> None:
    if late_fee.rate_basis == "payment" or late_fee.tiers:
        late_fee = replace(late_fee, rate_basis="period", tiers=late_fee.tiers[:1])
    unpaid = replace(history, changes=tuple(change for change in history.changes if change.amount > 0))
    larger = replace(unpaid, amount_payable=unpaid.amount_payable + more)
    early, late = (history.anchor + DAY * number for number in sorted((one, other)))

    def total(asked: DueHistory, day: date) -> int:
        return sum(fee.amount for fee in fees_due(late_fee, asked, (), day))

    if late_fee.type == "daily_interest" or late_fee.period != "once":
        assert total(unpaid, early) <= total(unpaid, late)
    if not unpaid.changes:
        assert total(unpaid, late) <= total(larger, late)


@given(late_fees(), histories(), st.integers(-20, 0), st.integers(0, 5000))
def test_what_is_paid_in_time_is_charged_nothing(late_fee: LateFee, history: DueHistory, on: int, days: int) -> None:
    in_time = (AmountChange(history.anchor + DAY * on, -history.amount_payable),)
    paid = replace(history, changes=in_time)
    assert list(fees_due(late_fee, paid, (), history.anchor + DAY * days)) == []
    assert next_automatic_day(late_fee, paid, (), history.anchor) is None


@given(late_fees(), histories(), st.integers(0, HORIZON))
def test_the_spans_of_a_fee_say_what_it_is_for(late_fee: LateFee, history: DueHistory, by: int) -> None:
    late_fee = replace(late_fee, maximum=None)
    if late_fee.rates and late_fee.rate_basis == "payment" and late_fee.period != "once":
        return  # a fee makes up for the rates of the fees before
    for fee in fees_due(late_fee, history, (), history.anchor + DAY * by):
        assert all(history.anchor < span.first_day <= span.last_day <= fee.last_day for span in fee.spans)
        assert fee.spans
        if late_fee.type == "daily_interest":
            assert abs(sum((span.interest for span in fee.spans), Fraction(0)) - fee.amount) < 1
        elif late_fee.value is not None and late_fee.type == "percentage":
            (span,) = fee.spans
            assert abs(Fraction(late_fee.value) * span.amount / 100 - fee.amount) < 1


@given(late_fees(), histories())
def test_looking_on_the_days_that_are_named_finds_all_that_looking_every_day_does(
    late_fee: LateFee, history: DueHistory
) -> None:
    begin = max([history.anchor, *(change.on for change in history.changes)])
    end = begin + DAY * 70
    daily: list[ChargedFee] = []
    named: list[ChargedFee] = []
    for day in (begin + DAY * number for number in range(71)):
        daily += [fee.charged for fee in automatic_fees(late_fee, history, tuple(daily), day)]
    day = begin
    while True:
        named += [fee.charged for fee in automatic_fees(late_fee, history, tuple(named), day)]
        coming = next_automatic_day(late_fee, history, tuple(named), day)
        assert coming is None or coming > day
        if coming is None or coming > end:
            break
        day = coming
    assert named == daily
