"""Parts of tax: the tax groups of a document in both currencies, sums and shares of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from invoicing.dataclass import dataclass
from invoicing.domain.money.exchange import Exchange, group_tax_in_base, in_base
from invoicing.domain.money.rounding import half_up, spread
from invoicing.domain.money.tax import TaxGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxPart:
    """What is taxable at a rate, and the tax, in minor units, and both once more in the account's own currency.

    ``base`` is that currency, None where no rate was known: then the amounts are the same.
    """

    rate: Decimal
    category: str | None
    name: str | None
    base: str | None
    taxable: int
    tax: int
    base_taxable: int
    base_tax: int


TaxParts = tuple[TaxPart, ...]
"""Parts of different rates, categories, names or base currencies, none of which is nothing."""


class Taxed(Protocol):
    """An issued document with tax."""

    @property
    def currency(self) -> str:
        """The currency of its amounts."""

    @property
    def exchange(self) -> Exchange | None:
        """The rate at which they count in the account's own currency."""

    @property
    def tax_breakdown(self) -> tuple[TaxGroup, ...]:
        """Its tax groups."""

    @property
    def tax(self) -> int:
        """The sum of its taxes."""

    @property
    def total(self) -> int:
        """What is taxed, with the taxes."""


def parts_of(document: Taxed) -> TaxParts:
    """Return the tax groups of a document in both currencies.

    The tax of each group is converted and rounded. Taxable amounts in the account's currency add up to the converted
    total less that tax, where those of the document add up to its net.
    """
    groups, exchange = document.tax_breakdown, document.exchange
    weights = [group.taxable for group in groups]
    if exchange is None or exchange.rate is None:
        base, taxable, taxes = None, weights, [group.tax for group in groups]
    else:
        base = exchange.base
        taxes = [group_tax_in_base(group, document.currency, exchange) or 0 for group in groups]
        total, *each = (in_base(amount, document.currency, exchange) or 0 for amount in (document.total, *weights))
        taxable = spread(total - sum(taxes), weights) if sum(weights) == document.total - document.tax else each
    return tuple(
        TaxPart(
            rate=group.rate,
            category=group.category,
            name=group.name,
            base=base,
            taxable=group.taxable,
            tax=group.tax,
            base_taxable=base_taxable,
            base_tax=base_tax,
        )
        for group, base_taxable, base_tax in zip(groups, taxable, taxes, strict=True)
    )


def sum_of(*lists: Iterable[TaxPart]) -> TaxParts:
    """Add parts up; what comes to nothing is left out."""
    found: dict[tuple[object, ...], TaxPart] = {}
    for part in (part for parts in lists for part in parts):
        key = (part.rate, part.category, part.name, part.base)
        before = found.get(key)
        found[key] = (
            part if before is None else _with_amounts(part, *map(sum, zip(_of(before), _of(part), strict=True)))
        )
    return tuple(part for part in found.values() if any(_of(part)))


def less(parts: Iterable[TaxPart], taken: Iterable[TaxPart]) -> TaxParts:
    """Return what is left of parts."""
    return sum_of(parts, (_with_amounts(part, *(-amount for amount in _of(part))) for part in taken))


def share_of(parts: TaxParts, ratio: Fraction) -> TaxParts:
    """Return a share of parts: the whole is rounded once, tax and gross, and spread over them by largest remainder.

    So what is taxable and the tax of a share of 250.00 come to 250.00, and the share of all is exactly all.
    """
    if ratio == 1:
        return parts
    if not ratio:
        return ()
    own = _shares([(part.taxable, part.tax) for part in parts], ratio)
    of_base = {
        base: iter(_shares([(part.base_taxable, part.base_tax) for part in parts if part.base == base], ratio))
        for base in {part.base for part in parts}
    }
    return sum_of(_with_amounts(part, *each, *next(of_base[part.base])) for part, each in zip(parts, own, strict=True))


def _shares(amounts: Sequence[tuple[int, int]], ratio: Fraction) -> list[tuple[int, int]]:
    taxable, taxes = [of for of, _ in amounts], [tax for _, tax in amounts]
    tax = half_up(sum(taxes) * ratio)
    net = half_up((sum(taxable) + sum(taxes)) * ratio) - tax
    return list(zip(spread(net, taxable, ratio=ratio), spread(tax, taxes, ratio=ratio), strict=True))


def _of(part: TaxPart) -> tuple[int, int, int, int]:
    return part.taxable, part.tax, part.base_taxable, part.base_tax


def _with_amounts(part: TaxPart, taxable: int, tax: int, base_taxable: int, base_tax: int) -> TaxPart:
    return replace(part, taxable=taxable, tax=tax, base_taxable=base_taxable, base_tax=base_tax)
