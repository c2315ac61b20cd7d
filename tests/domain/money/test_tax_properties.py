"""Totals: what holds for every invoice."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.money.amounts import exponent
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.rounding import half_up, spread
from invoicing.domain.money.totals import LineAmounts, Totals, compute_totals

RATES = [None, *map(Decimal, ("0", "0.07", "0.08", "0.19", "0.21", "0.0825", "0.333333", "1"))]


def decimals(least: int, most: int, places: int) -> st.SearchStrategy[Decimal]:
    """Numbers of so many decimals, between two numbers of that unit."""
    return st.integers(least, most).map(lambda number: Decimal(number).scaleb(-places))


percentage_discounts = st.builds(Discount, type=st.just("percentage"), value=decimals(0, 100_000, 3))
fixed_discounts = st.builds(Discount, type=st.just("fixed"), value=decimals(0, 2, 2))
discounts = st.none() | percentage_discounts | fixed_discounts
prices = decimals(1, 100_000, 2) | decimals(-500, 1000, 2) | st.sampled_from([Decimal(100), Decimal(-100)])
undiscounted_lines = st.builds(
    lambda **given: NewLine(description="x", **given),
    quantity=decimals(1, 9000, 3) | st.sampled_from([Decimal(1), Decimal(-1)]),
    unit_price=prices,
    price_quantity=st.sampled_from(list(map(Decimal, ("1", "1", "3", "1000")))),
    tax_rate=st.sampled_from(RATES),
)
lines = st.builds(NewLine._replace, undiscounted_lines, discount=discounts, tax_category=st.sampled_from([None, "L"]))


@dataclass(frozen=True, kw_only=True)
class Bill:
    """The values that determine the amounts."""

    lines: list[NewLine]
    currency: str
    tax_rate: Decimal
    discount: Discount | None
    included: bool
    order: Random = field(repr=False)

    def totals(self, *, shuffled: bool = False) -> Totals:
        """Compute the totals; refused invoices are no example."""
        in_order = list(self.lines)
        if shuffled:
            self.order.shuffle(in_order)
        try:
            return compute_totals(
                in_order,
                self.currency,
                tax_rate=self.tax_rate,
                discount=self.discount,
                prices_include_tax=self.included,
            )
        except ValidationFailed:
            assume(False)
            raise


bills = st.builds(
    Bill,
    lines=st.lists(lines, min_size=1, max_size=6),
    currency=st.sampled_from(["USD", "KWD", "CLF"]),
    tax_rate=st.sampled_from([Decimal(0), Decimal("0.19")]),
    discount=discounts,
    included=st.booleans(),
    order=st.randoms(use_true_random=False),
)


@given(bills)
def test_lines_add_up_to_the_invoice(bill: Bill) -> None:
    totals = bill.totals()
    for name in ("subtotal", "discount", "tax", "total"):
        assert sum(getattr(line, name) for line in totals.lines) == getattr(totals, name)


@given(bills)
def test_total_is_subtotal_less_discount_plus_tax_for_every_line_and_the_invoice(bill: Bill) -> None:
    totals = bill.totals()
    everything: tuple[Totals | LineAmounts, ...] = (totals, *totals.lines)
    for amounts in everything:
        assert amounts.total == amounts.subtotal - amounts.discount + amounts.tax


@given(bills)
def test_no_invoice_has_a_negative_total(bill: Bill) -> None:
    assert bill.totals().total >= 0


@given(bills)
def test_the_order_of_lines_changes_no_figure_of_the_invoice(bill: Bill) -> None:
    given, shuffled = bill.totals(), bill.totals(shuffled=True)
    assert (given.subtotal, given.discount, given.tax, given.total) == (
        shuffled.subtotal, shuffled.discount, shuffled.tax, shuffled.total,
    )  # fmt: skip
    assert given.breakdown == shuffled.breakdown
    assert sorted(line.total for line in given.lines) == sorted(line.total for line in shuffled.lines)


@given(bills)
def test_the_tax_of_a_group_is_its_rate_on_its_sum_rounded_once(bill: Bill) -> None:
    for group in bill.totals().breakdown:
        rate = Fraction(group.rate)
        sum_of_prices = group.taxable + group.tax if bill.included else group.taxable
        exact = sum_of_prices * (rate / (1 + rate) if bill.included else rate)
        assert abs(group.tax - exact) <= Fraction(1, 2)


@given(bills)
def test_the_breakdown_adds_up_to_the_invoice(bill: Bill) -> None:
    totals = bill.totals()
    assert sum(group.tax for group in totals.breakdown) == totals.tax
    assert sum(group.taxable for group in totals.breakdown) == totals.subtotal - totals.discount
    assert len({(group.rate, group.category) for group in totals.breakdown}) == len(totals.breakdown)


@given(bills)
def test_each_group_and_line_bears_its_part_of_the_invoices_discount_within_one_unit(bill: Bill) -> None:
    before, after = replace(bill, discount=None, included=False).totals(), replace(bill, included=False).totals()
    base = before.subtotal - before.discount
    whole = after.discount - before.discount
    ratio = Fraction(whole, base) if base else Fraction(0)
    if bill.discount and bill.discount.type == "percentage":
        ratio = Fraction(bill.discount.value) / 100
    for old, new in zip(before.breakdown, after.breakdown, strict=True):
        assert abs(old.taxable - new.taxable - ratio * old.taxable) < 1
    for line, less in zip(before.lines, after.lines, strict=True):
        assert abs(less.discount - line.discount - ratio * (line.subtotal - line.discount)) < 1


@given(bills)
def test_the_tax_of_a_line_is_its_rate_give_or_take_one_unit(bill: Bill) -> None:
    totals = bill.totals()
    for line, amounts in zip(bill.lines, totals.lines, strict=True):
        rate = Fraction(bill.tax_rate if line.tax_rate is None else line.tax_rate)
        part = rate / (1 + rate) if bill.included else rate
        taxed = amounts.total if bill.included else amounts.subtotal - amounts.discount
        assert abs(amounts.tax - taxed * part) < 1


@given(bills, st.lists(undiscounted_lines, min_size=1, max_size=6))
def test_with_prices_that_include_tax_nothing_is_added_to_them(bill: Bill, undiscounted: list[NewLine]) -> None:
    included = replace(bill, lines=undiscounted, discount=None, included=True)
    prices = [
        half_up(
            Fraction(line.quantity)
            * Fraction(line.unit_price)
            / Fraction(line.price_quantity)
            * 10 ** exponent(bill.currency)
        )
        for line in undiscounted
    ]
    assert [amounts.total for amounts in included.totals().lines] == prices


@given(bills)
def test_everything_off_leaves_nothing(bill: Bill) -> None:
    totals = replace(bill, discount=Discount(type="percentage", value=Decimal(100))).totals()
    assert (totals.total, totals.tax) == (0, 0)
    assert all(line.total == line.tax == 0 for line in totals.lines)


weights = st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=10)


@given(st.integers(0, 10**12), weights)
def test_spread_adds_up_and_each_share_is_within_one_of_its_exact_part(amount: int, parts: list[int]) -> None:
    assume(sum(parts) != 0)
    shares = spread(amount, parts)
    assert sum(shares) == amount
    for share, weight in zip(shares, parts, strict=True):
        assert abs(share - Fraction(amount * weight, sum(parts))) < 1


@given(weights, st.fractions(0, 1, max_denominator=10**6))
def test_spread_of_a_rounded_part_stays_within_one_of_that_part_of_each_weight(
    parts: list[int], ratio: Fraction
) -> None:
    amount = floor(sum(parts) * ratio + Fraction(1, 2))
    shares = spread(amount, parts, ratio=ratio)
    assert sum(shares) == amount
    for share, weight in zip(shares, parts, strict=True):
        assert abs(share - ratio * weight) <= 1


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), min_size=1), st.fractions(0, 1, max_denominator=8))
def test_what_is_missing_goes_to_the_largest_remainder_then_weight_then_tie(
    parts: list[tuple[int, int]], ratio: Fraction
) -> None:
    amounts, ties = [amount for amount, _ in parts], [tie for _, tie in parts]
    amount = floor(sum(amounts) * ratio + Fraction(1, 2))
    shares = [floor(weight * ratio) for weight in amounts]
    precedence = [(weight * ratio % 1, weight, tie) for weight, tie in parts]
    missing = amount - sum(shares)
    for index in sorted(range(len(parts)), key=precedence.__getitem__, reverse=True)[:missing]:
        shares[index] += 1
    assert spread(amount, amounts, ratio=ratio, ties=ties) == shares


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**6), min_size=1, max_size=10), st.randoms())
def test_spread_gives_equal_weights_the_same_shares_in_any_order(amount: int, parts: list[int], order: Random) -> None:
    shuffled = list(parts)
    order.shuffle(shuffled)
    given = sorted(zip(parts, spread(amount, parts), strict=True))
    assert given == sorted(zip(shuffled, spread(amount, shuffled), strict=True))


@given(st.integers(-30, 30), weights, st.fractions(0, 1, max_denominator=10**6))
def test_spread_adds_up_however_far_the_amount_is_from_its_ratio(more: int, parts: list[int], ratio: Fraction) -> None:
    """Credit notes that bring a group from below 0 to above it round away from zero on both sides."""
    exact = sum(parts) * ratio
    amount = floor(exact) + more
    shares = spread(amount, parts, ratio=ratio)
    assert sum(shares) == amount
    for share, weight in zip(shares, parts, strict=True):
        assert abs(share - ratio * weight - (amount - exact) / len(parts)) <= 2


def test_spread_over_nothing_is_nothing() -> None:
    assert spread(0, [3, 5]) == [0, 0]
    assert spread(7, [5, -5]) == [0, 0]
