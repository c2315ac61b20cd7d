"""Sums and shares of tax."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.money.tax_parts import TaxPart, TaxParts, less, share_of, sum_of
from tests.domain.money.second_opinion.rounding import dealt, rounded

RATES = [Decimal(rate) for rate in ("0", "0.07", "0.19", "0.2")]
AMOUNTS = st.integers(-(10**6), 10**8)


def a_part(rate: Decimal, taxable: int, tax: int, base: str | None = "USD", factor: int = 1) -> TaxPart:
    return TaxPart(
        rate=rate,
        category="S",
        name=None,
        base=base,
        taxable=taxable,
        tax=tax,
        base_taxable=factor * taxable,
        base_tax=factor * tax,
    )


PARTS = st.lists(
    st.builds(
        a_part,
        st.sampled_from(RATES),
        AMOUNTS,
        AMOUNTS,
        st.sampled_from((None, "EUR", "USD")),
        st.integers(1, 3),
    ),
    max_size=4,
).map(sum_of)
RATIOS = st.builds(lambda one, other: Fraction(min(one, other), max(one, other)), *[st.integers(1, 10**6)] * 2)


def sums(parts: TaxParts) -> tuple[int, ...]:
    return sum(part.taxable for part in parts), sum(part.tax for part in parts)


def test_net_and_tax_of_a_share_come_to_the_share() -> None:
    whole = (a_part(RATES[1], 30000, 3000),)
    assert sums(share_of(whole, Fraction(250, 330))) == (22727, 2273)
    assert sums(share_of((a_part(RATES[2], 21, 21),), Fraction(1, 2))) == (10, 11)


@given(PARTS, RATIOS)
def test_a_share_is_dealt_by_largest_remainder(parts: TaxParts, ratio: Fraction) -> None:
    """Each part is within a unit or two of its exact share; sums are rounded once."""
    share = {(part.rate, part.base): part for part in share_of(parts, ratio)}
    taxable, tax = ([getattr(part, name) for part in parts] for name in ("taxable", "tax"))
    of_tax = rounded(sum(tax) * ratio)
    assert sums(tuple(share.values())) == (rounded((sum(taxable) + sum(tax)) * ratio) - of_tax, of_tax)
    expected = dealt(of_tax, [amount * ratio for amount in tax], [(amount, amount) for amount in tax])
    for part, dealt_tax in zip(parts, expected, strict=True):
        found = share.get((part.rate, part.base))
        assert (found.tax if found else 0) == dealt_tax
        assert abs((found.taxable if found else 0) - part.taxable * ratio) <= 2


@given(PARTS, st.lists(RATIOS, max_size=4))
def test_what_shares_add_comes_to_all_in_the_end(parts: TaxParts, ratios: list[Fraction]) -> None:
    steps = pairwise([Fraction(0), *ratios, Fraction(1)])
    added = sum_of(*(less(share_of(parts, now), share_of(parts, before)) for before, now in steps))
    assert less(added, parts) == () == less(parts, added)


def test_parts_of_one_currency_in_two_bases_stay_apart() -> None:
    dollars, euros = a_part(RATES[2], 101, 19, "USD"), a_part(RATES[2], 101, 19, "EUR", 3)
    half = share_of((dollars, euros), Fraction(1, 2))
    assert [(part.base, part.base_taxable + part.base_tax) for part in half] == [("USD", 60), ("EUR", 180)]
