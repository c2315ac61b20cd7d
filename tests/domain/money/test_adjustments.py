"""Charges and allowances of lines and of invoices."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.money.adjustments import NewAdjustment, NewDocumentAdjustment
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.tax import Tax
from invoicing.domain.money.totals import compute_totals
from tests.builders import a_line


def of_line(amount: str | None = None, percentage: str | None = None) -> NewAdjustment:
    return NewAdjustment(
        description="x",
        amount=Decimal(amount) if amount else None,
        percentage=Decimal(percentage) if percentage else None,
    )


def of_invoice(amount: str | None = None, percentage: str | None = None, **tax: Any) -> NewDocumentAdjustment:
    given = of_line(amount, percentage)
    return NewDocumentAdjustment(description="x", amount=given.amount, percentage=given.percentage, **tax)


TEN_PERCENT = Discount(type="percentage", value=Decimal(10))


def test_shipping_with_a_tax_of_its_own() -> None:
    totals = compute_totals(
        [a_line("2", "50", "0.19")], "EUR", charges=[of_invoice("10", tax_rate=Decimal("0.07"), tax_category="S")]
    )
    assert (totals.subtotal, totals.charges_total, totals.tax, totals.total) == (10000, 1000, 1970, 12970)
    assert [(str(group.rate), group.taxable, group.tax) for group in totals.breakdown] == [
        ("0.19", 10000, 1900),
        ("0.07", 1000, 70),
    ]
    assert (totals.charges[0].subtotal, totals.charges[0].tax, totals.charges[0].total) == (1000, 70, 1070)


def test_without_a_tax_of_its_own_a_charge_has_the_invoices() -> None:
    totals = compute_totals([a_line("1", "100", "0.19")], "EUR", tax_rate=Decimal("0.07"), charges=[of_invoice("10")])
    assert totals.charges[0].tax == 70
    several = (Tax(name="A", rate=Decimal("0.05")), Tax(name="B", rate=Decimal("0.1")))
    totals = compute_totals([a_line("1", "100", "0.19")], "EUR", taxes=several, charges=[of_invoice("10")])
    assert [tax.amount for tax in totals.charges[0].taxes] == [50, 100]


def test_percentages_are_of_the_lines_before_the_invoices_discount() -> None:
    line = a_line("1", "200", "0.1", charges=(of_line("20"),), allowances=(of_line(percentage="5"),))
    totals = compute_totals(
        [line], "EUR", discount=TEN_PERCENT, charges=[of_invoice(percentage="10")], allowances=[of_invoice("5")]
    )
    # The line is 200 + 20 - 10 = 210; the charge is 21, and the discount 21, off the line only.
    assert totals.charges[0].subtotal == 2100
    assert (totals.discount, totals.allowances_total, totals.charges_total) == (2100, 1000 + 500, 2000 + 2100)
    assert (totals.subtotal, totals.tax, totals.total) == (20000, 0 + 1890, 20000 - 2100 - 1500 + 4100 + 1890)


def test_a_percentage_of_a_line_is_of_its_amount_before_its_discount() -> None:
    line = a_line("2", "50", discount=TEN_PERCENT, allowances=(of_line(percentage="3"),), charges=(of_line("0.01"),))
    (amounts,) = compute_totals([line], "EUR").lines
    assert amounts.adjustments is not None
    assert (amounts.discount, amounts.adjustments.allowances_total, amounts.adjustments.charges_total) == (1000, 300, 1)
    assert amounts.total == 8701


def test_in_prices_with_tax_all_are_shown_without_it() -> None:
    line = a_line("1", "119", "0.19", charges=(of_line("11.90"),), allowances=(of_line("5.95"),))
    totals = compute_totals(
        [line],
        "EUR",
        prices_include_tax=True,
        charges=[of_invoice("10.70", tax_rate=Decimal("0.07"))],
        allowances=[of_invoice("11.90", tax_rate=Decimal("0.19"))],
    )
    assert (totals.subtotal, totals.charges_total, totals.allowances_total) == (10000, 1000 + 1000, 500 + 1000)
    assert (totals.tax, totals.total) == (1900 + 190 - 95 + 70 - 190, 11900 + 1190 - 595 + 1070 - 1190)
    assert [(each.subtotal, each.tax, each.total) for each in totals.allowances] == [(-1000, -190, -1190)]


def test_an_allowance_can_bring_the_total_to_nothing_but_not_below() -> None:
    assert compute_totals([a_line()], "EUR", allowances=[of_invoice("100")]).total == 0
    with pytest.raises(ValidationFailed) as refused:
        compute_totals([a_line()], "EUR", allowances=[of_invoice("100.01")])
    assert refused.value.details[0].code == "TOTAL_NEGATIVE"


@pytest.mark.parametrize(
    ("lines", "given", "field"),
    [
        ([a_line(charges=(of_line("1"), of_line("0.001")))], {}, "items[0].charges[1].amount"),
        ([a_line(allowances=(of_line("0.001"),))], {}, "items[0].allowances[0].amount"),
        ([a_line()], {"charges": [of_invoice("0.001")]}, "charges[0].amount"),
        ([a_line()], {"allowances": [of_invoice("0.001")]}, "allowances[0].amount"),
    ],
)
def test_amounts_have_the_decimals_of_the_currency(lines: list[NewLine], given: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        compute_totals(lines, "EUR", **given)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [(field, "AMOUNT_INVALID")]


rates = st.sampled_from(list(map(Decimal, ("0", "0.07", "0.19", "0.0825"))))
amounts = st.integers(1, 5000).map(lambda cents: Decimal(cents).scaleb(-2))
percents = st.integers(1, 1000).map(lambda tenths: Decimal(tenths).scaleb(-1))
adjustments = st.builds(NewAdjustment, description=st.just("x"), amount=amounts) | st.builds(
    NewAdjustment, description=st.just("x"), percentage=percents
)
of_invoices = st.builds(
    NewDocumentAdjustment, description=st.just("x"), amount=amounts, tax_rate=st.none() | rates
) | st.builds(NewDocumentAdjustment, description=st.just("x"), percentage=percents, tax_rate=st.none() | rates)
lines = st.lists(
    st.builds(
        lambda cents, rate, charges, allowances: a_line("3", str(Decimal(cents).scaleb(-2)))._replace(
            tax_rate=rate, charges=tuple(charges), allowances=tuple(allowances)
        ),
        st.integers(0, 10**6),
        rates,
        st.lists(adjustments, max_size=2),
        st.lists(adjustments, max_size=2),
    ),
    min_size=1,
    max_size=4,
)


@given(lines, st.lists(of_invoices, max_size=3), st.lists(of_invoices, max_size=3), st.booleans())
def test_everything_adds_up(
    lines: list[NewLine], charges: list[NewDocumentAdjustment], allowances: list[NewDocumentAdjustment], included: bool
) -> None:
    try:
        totals = compute_totals(
            lines,
            "EUR",
            discount=TEN_PERCENT,
            charges=charges,
            allowances=allowances,
            prices_include_tax=included,
        )
    except ValidationFailed:
        reject()  # a total below 0
    assert totals.total == (
        totals.subtotal - totals.discount - totals.allowances_total + totals.charges_total + totals.tax
    )
    assert totals.tax == sum(group.tax for group in totals.breakdown)
    assert totals.total - totals.tax == sum(group.taxable for group in totals.breakdown)
    for row in totals.lines:
        own = row.adjustments
        more = own.charges_total - own.allowances_total if own else 0
        assert row.total == row.subtotal - row.discount + more + row.tax
    everything = (*totals.lines, *totals.charges, *totals.allowances)
    assert totals.total == sum(row.total for row in everything)
