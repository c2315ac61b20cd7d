"""The product and a second implementation of the rules agree on random invoices and credit notes.

What both say is held to EN 16931's rules on totals, too, as the second implementation recomputes them.
"""

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from tests.domain.money import product
from tests.domain.money.random_invoices import a_case, a_note
from tests.domain.money.second_opinion.credit import Crediting
from tests.domain.money.second_opinion.en16931 import Document, adds_up, keeps_the_rules
from tests.domain.money.second_opinion.figures import figures
from tests.domain.money.second_opinion.invoices import computed
from tests.domain.money.second_opinion.refusals import refusals
from tests.domain.money.second_opinion.rounding import rounded

USUAL, MANY = 1_500, 10_000


def accepted(count: int) -> Iterator[tuple[Random, dict[str, Any], Invoice]]:
    """So many accepted invoices; each has a seed of its own, which leads back to it."""
    seeds = iter(range(3 * count))
    while count:
        random = Random(next(seeds))
        case = a_case(random)
        invoice = invoice_or_codes(case)
        if isinstance(invoice, Invoice):
            count -= 1
            yield random, case, invoice
        else:
            assert invoice <= refusals(computed(case), case), case


def invoice_or_codes(case: dict[str, Any]) -> Invoice | set[str]:
    """The product's invoice, or the codes of why it is refused."""
    try:
        return product.invoiced(case)
    except ValidationFailed as error:
        return {detail.code for detail in error.details}


def agree(count: int) -> None:
    for random, case, invoice in accepted(count):
        opinion = computed(case)
        shown = product.figures(invoice)
        assert shown == figures(opinion), case
        assert not refusals(opinion, case), case
        keeps_the_rules(Document(opinion, range(len(opinion.rows)), shown, is_note=False))
        agree_on_notes(random, case, invoice, Crediting(opinion))


def agree_on_notes(random: Random, case: dict[str, Any], invoice: Invoice, opinion: Crediting) -> None:
    """Of a few parts by any measure, now and then of all that is left."""
    crediting = product.Crediting(invoice)
    for _ in range(random.randint(0, 3)):
        items = a_note(random, opinion)
        named = sorted(opinion.left if items is None else items)
        if named:
            shown = crediting.note(items)
            assert shown == opinion.note(items), (case, items)
            keeps_the_rules(Document(opinion.invoice, named, shown, is_note=True))


def discounts_add_up(count: int) -> None:
    """The note of a discount for early payment comes to the discount, and its tax to its rates but for roundings.

    Prices without tax are known once the discount is divided by 1 + rate, for lines of each tax: what that rounds off
    is tax, too.
    """
    for random, case, invoice in accepted(count):
        opinion, crediting = computed(case), product.Crediting(invoice)
        if items := a_note(random, Crediting(opinion)):
            crediting.note(items)
        left = crediting.invoice.total - crediting.invoice.amount_credited
        discount = rounded(Fraction(random.choice(("0.5", "2", "3", "10"))) * left / 100)
        if case.get("withholdings") or not 0 < discount < left:
            continue
        rows, shown = crediting.discount_note(discount)
        document = Document(opinion, rows, shown, is_note=True)
        adds_up(document)
        assert document.minor(shown["total"]) == discount
        roundings = len(document.groups) * (len(rows) if opinion.line_by_line else 1)
        for group, of_group in zip(document.groups, shown["tax_breakdown"], strict=True):
            off = document.minor(of_group["tax"]) - document.exact_tax(group)
            assert abs(off) <= 2 + 2 * roundings, (case, items)


@pytest.mark.slow
def test_both_agree_on_random_invoices_and_their_credit_notes() -> None:
    agree(USUAL)


def test_notes_of_early_payment_discounts_add_up() -> None:
    discounts_add_up(USUAL // 5)


@pytest.mark.nightly
def test_notes_of_many_more_discounts_add_up() -> None:
    discounts_add_up(MANY)


@pytest.mark.nightly
def test_both_agree_on_many_more() -> None:
    agree(MANY)
