"""Several taxes of one line: groups, compound taxes, taxes inside prices."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.money.rounding import Rounding
from invoicing.domain.money.tax import Tax, TaxGroup, whole_rate
from invoicing.domain.money.totals import Totals, compute_totals
from tests.builders import a_line


def tax(name: str, rate: str, *, compound: bool = False) -> Tax:
    return Tax(name=name, rate=Decimal(rate), compound=compound)


GST, QST = tax("GST", "0.05"), tax("QST", "0.09975")


def shown(group: TaxGroup) -> tuple[str | None, str, int, int]:
    return group.name, str(group.rate), group.taxable, group.tax


def groups(totals: Totals) -> list[tuple[str | None, str, int, int]]:
    return sorted(map(shown, totals.breakdown), key=str)


def test_two_taxes_inside_a_price() -> None:
    totals = compute_totals([a_line("1", "100", taxes=(GST, QST))], "CAD", prices_include_tax=True)
    assert (totals.subtotal, totals.tax, totals.total) == (8697, 1303, 10000)
    assert [each.amount for each in totals.lines[0].taxes] == [435, 868]
    assert groups(totals) == [("GST", "0.05", 8697, 435), ("QST", "0.09975", 8697, 868)]


def test_taxes_of_the_same_rate_stay_two_groups() -> None:
    halves = (tax("CGST", "0.09"), tax("SGST", "0.09"))
    totals = compute_totals([a_line("3", "0.05", taxes=halves), a_line("1", "100", taxes=halves)], "INR")
    assert groups(totals) == [("CGST", "0.09", 10015, 901), ("SGST", "0.09", 10015, 901)]
    assert totals.total == 10015 + 2 * 901


def test_a_compound_tax_is_due_on_the_taxes_before_it() -> None:
    old_qst = tax("QST", "0.095", compound=True)
    totals = compute_totals([a_line("1", "100", taxes=(GST, old_qst))], "CAD")
    assert groups(totals) == [("GST", "0.05", 10000, 500), ("QST", "0.095", 10500, 998)]
    assert [group.compound for group in totals.breakdown] == [True, False]


def test_a_compound_tax_inside_a_price() -> None:
    old_qst = tax("QST", "0.095", compound=True)
    totals = compute_totals([a_line("1", "114.98", taxes=(GST, old_qst))], "CAD", prices_include_tax=True)
    # 114.98 / 1.14975 = 100.0043…; QST is 9.5 % of 105.00.
    assert groups(totals) == [("GST", "0.05", 10000, 500), ("QST", "0.095", 10500, 998)]


def test_the_same_tax_on_top_of_different_ones_is_two_groups() -> None:
    lines = [
        a_line("1", "100", taxes=(GST, tax("Levy", "0.1", compound=True))),
        a_line("1", "100", taxes=(tax("Levy", "0.1"),)),
    ]
    assert groups(compute_totals(lines, "CAD")) == [
        ("GST", "0.05", 10000, 500),
        ("Levy", "0.1", 10000, 1000),
        ("Levy", "0.1", 10500, 1050),
    ]


def test_a_tax_rate_and_one_of_several_taxes_are_two_groups() -> None:
    lines = [a_line("1", "0.05", "0.1", tax_name="VAT"), a_line("1", "0.05", taxes=(tax("VAT", "0.1"),))]
    assert groups(compute_totals(lines, "EUR")) == [("VAT", "0.1", 5, 1), ("VAT", "0.1", 5, 1)]


def test_the_invoices_taxes_are_for_lines_without_their_own() -> None:
    lines = [a_line(), a_line("1", "100", "0.2"), a_line("1", "100", taxes=(GST,))]
    totals = compute_totals(lines, "CAD", taxes=(GST, QST))
    assert [line.tax for line in totals.lines] == [500 + 998, 2000, 500]
    assert [len(line.taxes) for line in totals.lines] == [2, 0, 1]


def test_one_tax_in_prices_that_other_lines_share_with_another_is_rounded_once() -> None:
    lines = [a_line("1", "0.33", taxes=(GST,)), a_line("1", "0.33", taxes=(GST, QST))]
    totals = compute_totals(lines, "CAD", prices_include_tax=True)
    exact = Fraction(33, 21) + Fraction(33) * Fraction(5, 100) / Fraction("1.14975")  # 1.571… + 1.435… = 3.006…
    assert round(exact) == 3
    assert [(group.name, group.tax) for group in totals.breakdown] == [("QST", 3), ("GST", 3)]
    assert [[each.amount for each in line.taxes] for line in totals.lines] == [[2], [1, 3]]


rates = st.sampled_from(list(map(Decimal, ("0", "0.05", "0.09975", "0.19", "1", "0.000001"))))
taxes = st.lists(
    st.builds(Tax, name=st.sampled_from("ABCDE"), rate=rates, compound=st.booleans()),
    min_size=1,
    max_size=5,
    unique_by=lambda tax: tax.name,
).map(tuple)
some_lines = st.lists(
    st.builds(
        lambda cents, quantity, own: a_line(str(quantity), str(Decimal(cents).scaleb(-2)), taxes=own),
        st.integers(0, 10**7),
        st.integers(1, 20),
        taxes,
    ),
    min_size=1,
    max_size=6,
)
roundings = st.builds(
    Rounding, level=st.sampled_from(["document", "line"]), mode=st.sampled_from(["half_up", "down", "half_even"])
)


@given(some_lines, st.booleans(), roundings)
def test_lines_and_groups_add_up(lines: list[NewLine], included: bool, rounding: Rounding) -> None:
    totals = compute_totals(lines, "CAD", prices_include_tax=included, rounding=rounding)
    assert totals.tax == sum(group.tax for group in totals.breakdown) == sum(line.tax for line in totals.lines)
    for line in totals.lines:
        assert line.total == line.subtotal - line.discount + line.tax
        assert line.tax == sum(each.amount for each in line.taxes)
    if included:
        assert [line.total for line in totals.lines] == [int(line.quantity * line.unit_price * 100) for line in lines]


@given(some_lines, st.booleans(), roundings, st.randoms())
def test_no_figure_depends_on_the_order_of_lines(
    lines: list[NewLine], included: bool, rounding: Rounding, random: Random
) -> None:
    shuffled = random.sample(lines, len(lines))
    first, second = (
        compute_totals(each, "CAD", prices_include_tax=included, rounding=rounding) for each in (lines, shuffled)
    )
    assert first.breakdown == second.breakdown
    assert sorted(first.lines, key=str) == sorted(second.lines, key=str)


@given(some_lines)
def test_the_tax_of_a_group_is_its_effective_rate_on_its_sum(lines: list[NewLine]) -> None:
    totals = compute_totals(lines, "CAD")
    exact = sum(
        (
            amounts.subtotal * Fraction(whole_rate(line.taxes))
            for line, amounts in zip(lines, totals.lines, strict=True)
        ),
        start=Fraction(0),
    )
    assert abs(totals.tax - exact) <= Fraction(len(totals.breakdown), 2)


@pytest.mark.parametrize(
    ("taxes", "expected"),
    [
        ((GST, QST), "0.14975"),
        ((GST, tax("QST", "0.095", compound=True)), "0.14975"),
        ((tax("A", "1"), tax("B", "1", compound=True), tax("C", "1", compound=True)), "7"),
    ],
)
def test_the_whole_rate_is_that_of_all_taxes(taxes: tuple[Tax, ...], expected: str) -> None:
    assert whole_rate(taxes) == Decimal(expected)
