"""Which credit is used first, and the tax that its use takes back."""

from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.money.credit_lots import (
    MOST_LOTS,
    Lot,
    is_money,
    of_invoice,
    put,
    put_back,
    take,
    taken,
    taxes_in,
)
from invoicing.domain.money.tax_parts import TaxPart, TaxParts


def taxed(tax: int, rate: str = "0.2") -> TaxParts:
    part = TaxPart(
        rate=Decimal(rate),
        category="S",
        name=None,
        base="USD",
        taxable=5 * tax,
        tax=tax,
        base_taxable=5 * tax,
        base_tax=tax,
    )
    return (part,) if tax else ()


def tax_in(lots: tuple[Lot, ...]) -> int:
    return sum(part.tax for part in taxes_in(lots))


NOTE = Lot(amount=1200, taxes=taxed(200), invoice_id="inv_1")
OTHER = Lot(amount=600, taxes=taxed(100), invoice_id="inv_2")
MONEY = Lot(amount=50)


def test_the_oldest_is_used_first() -> None:
    after = take((NOTE, MONEY, OTHER), 1260)
    assert [(lot.invoice_id, lot.left) for lot in after] == [("inv_2", 590)]
    assert tax_in(after) == 100 - 2


def test_some_are_used_before_others() -> None:
    lots = (NOTE, MONEY, OTHER)
    assert take(lots, 600, of_invoice("inv_2")) == (NOTE, MONEY)
    assert take(lots, 50, is_money) == (NOTE, OTHER)
    assert [lot.left for lot in take(lots, 700, of_invoice("inv_2"))] == [1100, 50]


def test_no_more_is_used_than_there_is() -> None:
    with pytest.raises(ValueError, match="than there is"):
        take((MONEY,), 51)


def test_money_is_added_to_money() -> None:
    assert put((NOTE, MONEY), MONEY) == (NOTE, Lot(amount=100))
    assert put((MONEY, NOTE), MONEY) == (MONEY, NOTE, MONEY)


def test_small_uses_take_back_what_one_does() -> None:
    lots: tuple[Lot, ...] = (NOTE,)
    for number in range(1, 1200):
        lots = take(lots, 1)
        assert abs(200 - tax_in(lots) - number / 6) <= 0.5
    assert take(lots, 1) == ()


def test_what_is_taken_has_the_tax_that_is_taken_back() -> None:
    lots = take((NOTE, MONEY, OTHER), 601)
    assert [(lot.amount, tax_in((lot,))) for lot in taken(lots, 1000)] == [(599, 100), (50, 0), (351, 59)]
    assert taken((NOTE, MONEY), 1200) == (NOTE,)
    with pytest.raises(ValueError, match="than there is"):
        taken((MONEY,), 51)


def test_what_was_taken_last_comes_back_first_before_all_other_credit() -> None:
    assert put_back((OTHER,), (NOTE, MONEY), 0, 60) == (*taken((NOTE,), 10), MONEY, OTHER)
    assert put_back((OTHER,), (NOTE, MONEY), 60, 1190)[1:] == (OTHER,)


def test_of_many_lots_the_oldest_are_merged() -> None:
    lots = (NOTE,) * MOST_LOTS
    lots = put(take(lots, 300), OTHER)
    assert (len(lots), lots[0].left, lots[0].invoice_id) == (MOST_LOTS, 2100, "inv_1")
    assert tax_in(lots) == MOST_LOTS * 200 - 50 + 100
    different = put((OTHER, *lots[1:]), OTHER)
    assert (different[0].invoice_id, tax_in(different[:1])) == (None, 300)


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 100), st.sampled_from("ab")), max_size=50), st.data())
def test_credit_and_tax_are_never_lost(added: list[tuple[int, int, str]], data: st.DataObject) -> None:
    lots: tuple[Lot, ...] = ()
    credit = tax = 0
    for amount, of_tax, invoice_id in added:
        lots = put(lots, Lot(amount=amount, taxes=taxed(of_tax), invoice_id=invoice_id))
        credit, tax = credit + amount, tax + of_tax
        assert (sum(lot.left for lot in lots), tax_in(lots)) == (credit, tax)
        used = data.draw(st.integers(0, credit))
        lots = take(lots, used, of_invoice(data.draw(st.sampled_from("ab"))))
        credit, tax = credit - used, tax_in(lots)
        assert sum(lot.left for lot in lots) == credit
        assert len(lots) <= MOST_LOTS
    assert take(lots, credit) == ()


LOTS = st.builds(
    lambda amount, tax, of: Lot(amount=amount, taxes=taxed(tax), invoice_id=of if tax else None),
    st.integers(1, 500),
    st.integers(0, 100),
    st.sampled_from("ab"),
)


@given(st.lists(LOTS, min_size=1, max_size=MOST_LOTS), st.data())
def test_all_that_comes_back_is_all_that_was_taken(given_lots: list[Lot], data: st.DataObject) -> None:
    """In any parts, and after any use before: amounts, taxes and order are as they were, and lots never too many."""
    credit = sum(lot.left for lot in given_lots)
    before = take(tuple(given_lots), data.draw(st.integers(0, credit - 1)))
    amount = data.draw(st.integers(1, sum(lot.left for lot in before)))
    used, lots, returned = taken(before, amount), take(before, amount), 0
    assert taxes_in((*used, *lots)) == taxes_in(before)
    while returned < amount:
        part = data.draw(st.integers(1, amount - returned))
        lots = put_back(lots, used, returned, part)
        returned += part
        assert sum(lot.left for lot in (*lots, *take(used[::-1], returned))) == sum(lot.left for lot in before)
        assert len(lots) <= MOST_LOTS
    assert taxes_in(lots) == taxes_in(before)
    if len(lots) < MOST_LOTS:  # none were merged
        assert by_source(lots) == by_source(before)


def by_source(lots: tuple[Lot, ...]) -> list[tuple[str | None, int]]:
    """Neighbours of one source together: what comes back in parts is several lots."""
    return [(of, sum(lot.left for lot in each)) for of, each in groupby(lots, key=lambda lot: lot.invoice_id)]
