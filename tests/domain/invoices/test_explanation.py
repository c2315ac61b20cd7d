"""Explanations of amounts."""

import re
from decimal import Decimal

import pytest
from hypothesis import given

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.explanation import explain
from invoicing.domain.money.amounts import written
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.payable import NewPrepayment, NewWithholding
from invoicing.domain.money.rounding import RoundingChoice
from tests.builders import a_line, a_new_invoice, an_invoice
from tests.domain.money.test_adjustments import of_invoice, of_line
from tests.domain.money.test_several_taxes import GST, QST, tax
from tests.domain.money.test_tax_properties import Bill, bills


def percent(value: str) -> Discount:
    return Discount(type="percentage", value=Decimal(value))


def fixed(value: str) -> Discount:
    return Discount(type="fixed", value=Decimal(value))


@pytest.mark.parametrize(
    ("new", "steps"),
    [
        (
            a_new_invoice(),
            [
                "Line 1: 10 × 150.00 = 1500.00.",
                "Line 2: 1 × 200.00 = 200.00.",
                "Tax 8% (S): 8% of 1700.00 = 136.00; line 1 120.00, line 2 16.00.",
                "Total: subtotal 1700.00 − discount 0.00 + tax 136.00 = 1836.00 USD.",
            ],
        ),
        (
            a_new_invoice(a_line("3", "0.3335", "0.05", discount=percent("12.5"), tax_name="VAT"), currency="KWD"),
            [
                (
                    "Line 1: 3 × 0.3335 = 1.0005, rounded to 1.001; "
                    "less 12.5% of 1.001 = 0.125125, rounded to 0.125, leaves 0.876."
                ),
                "Tax 5% (VAT, S): 5% of 0.876 = 0.0438, rounded to 0.044.",
                "Total: subtotal 1.001 − discount 0.125 + tax 0.044 = 0.920 KWD.",
            ],
        ),
        (
            a_new_invoice(
                a_line("1", "200", "0.19"), a_line("1", "100", "0.07", discount=fixed("1")), discount=fixed("99")
            ),
            [
                "Line 1: 1 × 200.00 = 200.00.",
                "Line 2: 1 × 100.00 = 100.00; less 1.00, leaves 99.00.",
                "Discount: 99.00 off 299.00; 19% (S) 66.22, 7% (S) 32.78; line 1 66.22, line 2 32.78.",
                "Tax 19% (S): 19% of 133.78 = 25.4182, rounded to 25.42.",
                "Tax 7% (S): 7% of 66.22 = 4.6354, rounded to 4.64.",
                "Total: subtotal 300.00 − discount 100.00 + tax 30.06 = 230.06 USD.",
            ],
        ),
        (
            a_new_invoice(a_line("3", "10", "0.19"), currency="EUR", prices_include_tax=True),
            [
                "Line 1: 3 × 10.00 = 30.00.",
                "Tax 19% (S), within the prices: 30.00 × 19 / 119 = 4.789915…, rounded to 4.79, without it 25.21.",
                "Total: subtotal 25.21 − discount 0.00, both without tax, + tax 4.79 = 30.00 EUR.",
            ],
        ),
        (
            a_new_invoice(a_line("1951593", "5.48", price_quantity=Decimal(1_000_000)), a_line("-1", "1")),
            [
                "Line 1: 1951593 × 5.48 / 1000000 = 10.69472964, rounded to 10.69.",
                "Line 2: -1 × 1.00 = -1.00.",
                "Tax 0%: 0% of 9.69 = 0.00; line 1 0.00, line 2 0.00.",
                "Total: subtotal 9.69 − discount 0.00 + tax 0.00 = 9.69 USD.",
            ],
        ),
        (
            a_new_invoice(a_line("0.5", "-0.01"), a_line("1", "1"), currency="USD"),
            [
                "Line 1: 0.5 × -0.01 = -0.005, rounded to -0.01.",
                "Line 2: 1 × 1.00 = 1.00.",
                "Tax 0%: 0% of 0.99 = 0.00; line 1 0.00, line 2 0.00.",
                "Total: subtotal 0.99 − discount 0.00 + tax 0.00 = 0.99 USD.",
            ],
        ),
        (
            a_new_invoice(
                a_line("1", "100", taxes=(GST, tax("QST", "0.095", compound=True))),
                a_line("1", "100", "0.19"),
                discount=percent("10"),
                charges=(of_invoice("10", taxes=(GST,)),),
                allowances=(of_invoice(percentage="2.5", tax_rate=Decimal("0.19")),),
            ),
            [
                "Line 1: 1 × 100.00 = 100.00.",
                "Line 2: 1 × 100.00 = 100.00.",
                "Charge 1, x: 10.00.",
                "Allowance 1, x: 2.5% of 200.00 = 5.00.",
                (
                    "Discount: 10% of 200.00 = 20.00; 19% (S) 10.00, 9.5% (QST, S) + 5% (GST, S) 10.00; "
                    "line 1 10.00, line 2 10.00."
                ),
                "Tax 19% (S): 19% of 85.00 = 16.15; line 2 17.10, allowance 1 -0.95.",
                "Tax 9.5% (QST, S): 9.5% of 94.50, the taxes below it included, = 8.9775, rounded to 8.98.",
                "Tax 5% (GST, S): 5% of 100.00 = 5.00; line 1 4.50, charge 1 0.50.",
                "Total: subtotal 200.00 − discount 20.00 − allowances 5.00 + charges 10.00 + tax 30.13 = 215.13 USD.",
            ],
        ),
        (
            a_new_invoice(
                a_line(
                    "1",
                    "100",
                    charges=(of_line("5"),),
                    allowances=(of_line(percentage="0.333"),),
                    discount=percent("10"),
                ),
                prices_include_tax=True,
                taxes=(GST, QST),
                charges=(of_invoice("10", taxes=(GST,)),),
            ),
            [
                (
                    "Line 1: 1 × 100.00 = 100.00; less 10% of 100.00 = 10.00, plus x 5.00, "
                    "less x 0.333% of 100.00 = 0.333, rounded to 0.33, leaves 94.67."
                ),
                "Charge 1, x: 10.00.",
                (
                    "Tax 9.975% (QST, S), within the prices: 94.67 × 9.975 / 114.975 = 8.213378…, rounded to 8.21, "
                    "due on 82.34."
                ),
                (
                    "Tax 5% (GST, S), within the prices: 94.67 × 5 / 114.975 + 10.00 × 5 / 105 = 4.593172…, "
                    "rounded to 4.59, due on 91.87; line 1 4.12, charge 1 0.47."
                ),
                (
                    "Total: subtotal 86.98 − discount 8.70 − allowances 0.29 + charges 13.88, all without tax, "
                    "+ tax 12.80 = 104.67 USD."
                ),
            ],
        ),
        (
            a_new_invoice(
                a_line("1", "20.86"),
                currency="CHF",
                withholdings=(NewWithholding(name="IRPF", rate=Decimal("0.15")),),
                prepayments=(NewPrepayment(amount=Decimal(5)),),
                rounding=RoundingChoice(cash=Decimal("0.05")),
            ),
            [
                "Line 1: 1 × 20.86 = 20.86.",
                "Tax 0%: 0% of 20.86 = 0.00.",
                "Total: subtotal 20.86 − discount 0.00 + tax 0.00 = 20.86 CHF.",
                "Withheld, IRPF: 15% of 20.86 = 3.129, rounded to 3.13.",
                (
                    "Amount payable: total 20.86 − withheld 3.13 − prepaid 5.00 = 12.73, "
                    "rounded to a multiple of 0.05 by 0.02 = 12.75 CHF."
                ),
            ],
        ),
        (
            a_new_invoice(*[a_line("1", "0.05", "0.1")] * 2, rounding=RoundingChoice(level="line")),
            [
                "Line 1: 1 × 0.05 = 0.05.",
                "Line 2: 1 × 0.05 = 0.05.",
                "Tax 10% (S): 10% of 0.10, rounded line by line, is 0.02; line 1 0.01, line 2 0.01.",
                "Total: subtotal 0.10 − discount 0.00 + tax 0.02 = 0.12 USD.",
            ],
        ),
    ],
)
def test_every_step_is_said_with_its_numbers(new: NewInvoice, steps: list[str]) -> None:
    assert explain(an_invoice(new)) == steps


@given(bills)
def test_the_words_lead_to_the_amounts(bill: Bill) -> None:
    """Shares add up to what is spread, taxes to the tax, and the last step says the total."""
    bill.totals()
    new = a_new_invoice(
        *bill.lines,
        currency=bill.currency,
        tax_rate=bill.tax_rate,
        discount=bill.discount,
        prices_include_tax=bill.included,
    )
    try:
        invoice = an_invoice(new)
    except ValidationFailed:
        pytest.fail("the same lines were accepted")
    steps = explain(invoice)
    assert len(steps) == len(bill.lines) + (bill.discount is not None) + len(invoice.tax_breakdown) + 1
    assert steps[-1].endswith(f"= {written(invoice.total, bill.currency)} {bill.currency}.")
    taxes = [step for step in steps if step.startswith("Tax ")]
    for group, step in zip(invoice.tax_breakdown, taxes, strict=True):
        assert f" {written(group.tax, bill.currency)}" in step
        shares = [Decimal(share) for share in re.findall(r"line \d+ (-?[\d.]+\d)", step)]
        assert not shares or written(group.tax, bill.currency) == str(sum(shares))
