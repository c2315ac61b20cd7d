"""The product and a second implementation of EN 16931's rules agree on random invoices and credit notes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from operator import sub
from random import Random
from typing import Any

import pytest

from invoicing.domain.credit_notes.credit_note import CreditLine, tax_groups
from invoicing.domain.credit_notes.crediting import CreditItem, credit_lines, parts_to_credit, with_credit
from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Line
from invoicing.domain.money.amounts import written
from invoicing.domain.money.tax import TaxGroup
from invoicing.domain.money.totals import line_amount
from tests.builders import a_new_invoice, an_issued_invoice
from tests.domain.money import second_opinion
from tests.domain.money.test_vectors import decimal, discount, line

USUAL, MANY = 1_500, 10_000
RATES = (None, "0", "0.05", "0.07", "0.19", "0.2", "0.21", "0.0825", "0.333333", "1")
CATEGORIES = (None, None, "E", "AE", "Z")
NAMES = (None, None, "VAT", "GST")


def some(random: Random, least: int, most: int, places: int) -> str:
    return f"{Decimal(random.randint(least, most)).scaleb(-random.randint(0, places)):f}"


def a_discount(random: Random) -> dict[str, str] | None:
    kind = random.choice((None, None, "percentage", "fixed"))
    if kind is None:
        return None
    value = some(random, 0, 100, 3) if kind == "percentage" else str(random.randint(0, 3))
    return {"type": kind, "value": value}


def a_line(random: Random) -> dict[str, Any]:
    small = random.random() < 0.5
    rate, category = random.choice(RATES), random.choice(CATEGORIES)
    if rate not in {None, "0"}:
        category = random.choice((None, "S", "L"))
    return {
        "quantity": random.choice(("", "", "", "-")) + (some(random, 1, 9, 0) if small else some(random, 1, 99_999, 6)),
        "unit_price": some(random, 1 if small else -300, 2_000, 4 if small else 10),
        "price_quantity": random.choice((None, None, "1", "3", "0.25", "1000")),
        "tax_rate": "0" if category in {"E", "AE", "Z"} else rate,
        "discount": a_discount(random),
        "tax_category": category,
        "tax_name": random.choice(NAMES),
    }


def a_case(random: Random) -> dict[str, Any]:
    """Any invoice: in half of them all lines are of few kinds, so that groups are large."""
    lines = [a_line(random) for _ in range(random.randint(1, 8))]
    if random.random() < 0.5:
        lines = [random.choice(lines[:2]) for _ in range(random.randint(1, 20))]
    return {
        "currency": random.choice(("EUR", "EUR", "JPY", "KWD", "CLF")),
        "tax_rate": random.choice(RATES),
        "discount": a_discount(random),
        "prices_include_tax": random.random() < 0.5,
        "lines": lines,
    }


def issued(case: dict[str, Any]) -> Invoice | None:
    """The product's invoice, None where it refuses it."""
    new = a_new_invoice(
        *map(line, case["lines"]),
        currency=case["currency"],
        tax_rate=decimal(case["tax_rate"]),
        discount=discount(case["discount"]),
        prices_include_tax=case["prices_include_tax"],
    )
    try:
        return an_issued_invoice(new)
    except ValidationFailed:
        return None


def cases(count: int) -> list[tuple[Random, dict[str, Any], Invoice]]:
    """So many accepted invoices; each has a seed of its own, which leads back to it."""
    found: list[tuple[Random, dict[str, Any], Invoice]] = []
    for seed in range(3 * count):
        random = Random(seed)
        case = a_case(random)
        if (invoice := issued(case)) is not None:
            found.append((random, case, invoice))
        if len(found) == count:
            return found
    raise AssertionError(f"only {len(found)} of {3 * count} invoices are accepted")


def figures(
    of: Sequence[Line] | Sequence[CreditLine], breakdown: tuple[TaxGroup, ...], currency: str
) -> dict[str, Any]:
    """The product's figures, as the second opinion writes them."""
    columns = {
        name: [getattr(line, {"discount": "discount_amount"}.get(name, name)) for line in of]
        for name in ("subtotal", "discount", "tax", "total")
    }
    return {
        **{name: written(sum(column), currency) for name, column in columns.items()},
        "tax_breakdown": [
            {
                "tax_rate": Fraction(group.rate),
                "tax_category": group.category,
                "tax_name": group.name,
                "taxable": written(group.taxable, currency),
                "tax": written(group.tax, currency),
            }
            for group in breakdown
        ],
        "lines": [
            {name: written(column[index], currency) for name, column in columns.items()} for index in range(len(of))
        ],
    }


def parts(random: Random, invoice: Invoice) -> list[dict[str, Decimal]]:
    """Quantities of a few credit notes, which may leave something or credit everything."""
    left = {line.id: line.quantity for line in invoice.lines}
    notes: list[dict[str, Decimal]] = []
    for _ in range(random.randint(1, 4)):
        note = {}
        for line_id, quantity in left.items():
            part = random.choice(
                (Decimal(0), quantity, (quantity / random.randint(2, 5)).quantize(Decimal("0.000001")))
            )
            if part:
                note[line_id] = part
        notes.append(note)
        left = {line_id: quantity - note.get(line_id, 0) for line_id, quantity in left.items()}
    return [note for note in notes if note]


def agree(count: int) -> None:
    for random, case, invoice in cases(count):
        opinion = second_opinion.computed(case)
        found = figures(invoice.lines, invoice.tax_breakdown, invoice.currency)
        assert found == second_opinion.figures(opinion), case
        keeps_the_rules(invoice)
        notes = parts(random, invoice)
        places = {line.id: index for index, line in enumerate(invoice.lines)}
        quantities = [{places[line_id]: Fraction(quantity) for line_id, quantity in note.items()} for note in notes]
        assert credited(invoice, notes) == second_opinion.credited(opinion, quantities), (case, notes)


def credited(invoice: Invoice, notes: Sequence[Mapping[str, Decimal]]) -> list[dict[str, Any]]:
    """The figures of the product's credit notes, one after the other."""
    found = []
    for note in notes:
        asked = [CreditItem(line_id, quantity=quantity) for line_id, quantity in note.items()]
        lines = credit_lines(invoice, parts_to_credit(invoice, asked))
        found.append(figures(lines, tax_groups(lines), invoice.currency))
        invoice = replace(invoice, credited=with_credit(invoice, lines))
    return found


def keeps_the_rules(invoice: Invoice) -> None:
    """EN 16931's rules on totals, from the figures that the product shows, in minor units."""
    net = [line.subtotal - line.discount_amount for line in invoice.lines]
    assert sum(net) == invoice.subtotal - invoice.discount_amount  # BR-CO-10, BR-CO-13
    assert sum(group.tax for group in invoice.tax_breakdown) == invoice.tax  # BR-CO-14
    assert invoice.total == sum(net) + invoice.tax  # BR-CO-15
    assert invoice.amount_due == invoice.total - invoice.amount_paid  # BR-CO-16
    before = [line_amount(line, invoice.currency) for line in invoice.lines]
    after = [line.total for line in invoice.lines] if invoice.prices_include_tax else net
    ratio = Fraction(0)
    if invoice.discount is not None:
        value, base = Fraction(invoice.discount.value), sum(before)
        whole = value * 10 ** second_opinion.DECIMALS[invoice.currency]
        ratio = value / 100 if invoice.discount.type == "percentage" else whole / (base or 1)
    assert sum(before) - sum(after) == second_opinion.nearest(ratio * sum(before), Fraction(1))  # BR-CO-11
    for group in invoice.tax_breakdown:
        members = [index for index, line in enumerate(invoice.lines) if is_in(line, group)]
        assert group.taxable == sum(net[index] for index in members)  # BR-S-08 and the same of each category
        exact = group.taxable * Fraction(group.rate)
        if invoice.prices_include_tax:  # the sum of both is fixed, so that the tax is within a unit of the rate
            assert abs(group.tax - exact) <= 1
        else:
            assert group.tax == second_opinion.nearest(exact, Fraction(1))  # BR-CO-17, BR-S-09
        base, allowance = (
            sum(column[index] for index in members) for column in (before, list(map(sub, before, after)))
        )
        assert abs(allowance - ratio * base) < 1  # BT-92 of the group


def is_in(line: Line, group: TaxGroup) -> bool:
    category = line.tax_category or ("S" if line.tax_rate else None)
    return (line.tax_rate, category) == (group.rate, group.category)


def test_both_agree_on_random_invoices_and_their_credit_notes() -> None:
    agree(USUAL)


@pytest.mark.nightly
def test_both_agree_on_many_more() -> None:
    agree(MANY)
