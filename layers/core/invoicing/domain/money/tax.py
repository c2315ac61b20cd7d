"""Taxes of lines, and the groups in which they are due.

Lines of the same category and rate are one group, whatever the name of the tax (EN 16931-1, BR-S-08). Where a line has
several taxes, each belongs to the group of its category, rate, name and effective rate. The tax of a group is computed
and rounded once (BR-S-09), and spread over its lines by largest remainder, unless it is rounded line by line.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.money.amounts import EXACT
from invoicing.domain.money.rounding import Rounding, spread

ZERO = Decimal(0)
ONE = Decimal(1)
STANDARD_RATE = "S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """One of several taxes; a ``compound`` one is due on the amount and the taxes before it. ``rate`` is a fraction."""

    name: str
    rate: Decimal
    compound: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTax(Tax):
    """One of the taxes of a line, with its ``amount`` in minor units."""

    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxGroup:
    """The tax of all lines of one rate and category: ``tax`` is due on ``taxable``, both in minor units.

    ``category`` as `category_of`; ``name`` is None where the lines' names differ. ``taxable`` of a ``compound`` tax
    contains the taxes below it. ``exemption_reasons`` say why there is no tax, each once, and ``exemption_code`` is
    their code, None where the lines' codes differ (`invoicing.domain.invoices.exemptions`).
    """

    rate: Decimal
    category: str | None
    name: str | None
    taxable: int
    tax: int
    compound: bool = False
    exemption_reasons: tuple[str, ...] = ()
    exemption_code: str | None = None


class GroupKey(NamedTuple):
    """What tells tax groups apart: rate and category, and of one of several taxes its name and effective rate too.

    ``category`` is empty without one, and ``name`` for the only tax of a line, which no name splits.
    """

    rate: Decimal
    category: str
    name: str
    effective: Decimal


class Share(NamedTuple):
    """One tax of a line; its rate is due on ``factor`` × the net amount: 1, and of a compound tax the taxes below."""

    group: GroupKey
    factor: Decimal
    compound: bool


class Taxation(NamedTuple):
    """All taxes of a line, the highest rate first, and ``whole``, the sum of their effective rates."""

    shares: tuple[Share, ...]
    whole: Decimal


class Alike(NamedTuple):
    """Rows of a group that have all their taxes in common: ``whole`` is the rate of all of them.

    ``part`` is this tax as a part of the amounts that it is computed from.
    """

    share: Share
    whole: Decimal
    part: Fraction
    rows: list[int]


class Members(NamedTuple):
    """The rows of a tax group."""

    key: GroupKey
    kinds: list[Alike]

    @property
    def rows(self) -> list[int]:
        """The indexes of the rows in order, so that of equal ones the first has the unit that is left."""
        return self.kinds[0].rows if len(self.kinds) == 1 else sorted(row for kind in self.kinds for row in kind.rows)

    @property
    def compound(self) -> bool:
        """Whether the tax is due on other taxes too."""
        return any(kind.share.compound for kind in self.kinds)

    def tax(self, amounts: Sequence[int], rounding: Rounding) -> int:
        """Return the group's tax on the amounts of all rows, rounded once, or the sum of what is rounded by row."""
        if rounding.level == "line":
            return sum(self.rounded_by_row(amounts, rounding))
        weights, ratio = self._weighted(self.rows, amounts)
        numerator, denominator = ratio.as_integer_ratio()
        return rounding.divide(sum(weights) * numerator, denominator)

    def by_row(self, amounts: Sequence[int], rounding: Rounding) -> list[int]:
        """Return the tax of each row: spread, or rounded by itself."""
        if rounding.level == "line":
            return self.rounded_by_row(amounts, rounding)
        return self.spread(self.tax(amounts, rounding), amounts, self.rows)

    def spread(self, tax: int, amounts: Sequence[int], rows: Sequence[int]) -> list[int]:
        """Spread a tax of the group over some of its rows."""
        weights, ratio = self._weighted(rows, amounts)
        if len(self.kinds) == 1:
            return spread(tax, weights, ratio=ratio)
        # Rows of the same amount that have different further taxes are told apart by these, not by their order.
        kind_of = {row: -number for number, kind in enumerate(self.kinds) for row in kind.rows}
        first, ties = [amounts[row] for row in rows], [kind_of[row] for row in rows]
        return spread(tax, weights, ratio=ratio, first=first, ties=ties)

    def taxable(self, net: Sequence[int], rounding: Rounding) -> int:
        """Return what the rate is due on: the net amounts of the rows, and the taxes below a compound tax."""
        if not self.compound:
            return sum([net[row] for row in self.rows])
        due = [Fraction(kind.share.factor) * sum([net[row] for row in kind.rows]) for kind in self.kinds]
        return rounding.fraction(sum(due, start=Fraction(0)))

    def rounded_by_row(self, amounts: Sequence[int], rounding: Rounding) -> list[int]:
        """Return the tax of each row, rounded by itself."""
        parts = {row: kind.part for kind in self.kinds for row in kind.rows}
        return [rounding.fraction(amounts[row] * parts[row]) for row in self.rows]

    def _weighted(self, rows: Sequence[int], amounts: Sequence[int]) -> tuple[list[int], Fraction]:
        """Return weights and ratio, whose products are the exact taxes of these rows."""
        first = self.kinds[0].part
        if all(kind.part == first for kind in self.kinds[1:]):
            return [amounts[row] for row in rows], first
        # In prices that include other taxes too, one tax is a different part of each line.
        scale = lcm(*(kind.part.denominator for kind in self.kinds))
        by_row = {row: int(kind.part * scale) for kind in self.kinds for row in kind.rows}
        return [amounts[row] * by_row[row] for row in rows], Fraction(1, scale)


def category_of(category: str | None, rate: Decimal) -> str | None:
    """Return the category of a tax (EN 16931's codes): where none is given, a rate above 0 is the standard rate.

    A rate of 0 without a category stays without one: it does not say why no tax is due.
    """
    return category or (STANDARD_RATE if rate else None)


def whole_rate(taxes: Iterable[Tax]) -> Decimal:
    """Return the sum of the effective rates of several taxes."""
    return sum((effective for _, effective in _effective_rates(taxes)), start=ZERO)


def rows_by_taxation(
    rates: Sequence[Decimal], categories: Sequence[str | None], taxes: Sequence[tuple[Tax, ...]]
) -> dict[Taxation, list[int]]:
    """Return the indexes of the rows that are taxed alike, the highest rate first; ``taxes`` go before the rate."""
    # By identity first: the same number is mostly one object, and hashing a decimal is slow.
    rate_of = {id(rate): rate for rate in rates}
    given: dict[tuple[int, str | None, tuple[Tax, ...]], list[int]] = defaultdict(list)
    for index, key in enumerate(zip(map(id, rates), categories, taxes, strict=True)):
        given[key].append(index)
    found: dict[Taxation, list[int]] = defaultdict(list)
    for (rate, category, listed), rows in given.items():
        found[_taxation(rate_of[rate], category, listed)] += rows
    return {taxation: sorted(found[taxation]) for taxation in sorted(found, reverse=True)}


def tax_groups_of(taxations: Mapping[Taxation, list[int]], *, included: bool) -> list[Members]:
    """Return the tax groups, the highest rate first."""
    groups: dict[GroupKey, list[Alike]] = defaultdict(list)
    for taxation, rows in taxations.items():
        for share in taxation.shares:
            part = Fraction(share.group.effective)
            if included:
                part /= 1 + Fraction(taxation.whole)
            groups[share.group].append(Alike(share, taxation.whole, part, rows))
    return [Members(group, groups[group]) for group in sorted(groups, reverse=True)]


def shared_name(names: Iterable[str | None]) -> str | None:
    """Return the name of a tax that all lines of a group give it, None where they differ."""
    different = set(names)
    return different.pop() if len(different) == 1 else None


def _taxation(rate: Decimal, category: str | None, taxes: tuple[Tax, ...]) -> Taxation:
    if not taxes:
        code = category_of(category, rate) or ""
        return Taxation((Share(GroupKey(rate, code, "", rate), ONE, compound=False),), rate)
    shares = [
        Share(GroupKey(tax.rate, category_of(category, tax.rate) or "", tax.name, effective), factor, tax.compound)
        for tax, (factor, effective) in zip(taxes, _effective_rates(taxes), strict=True)
    ]
    return Taxation(tuple(sorted(shares, reverse=True)), whole_rate(taxes))


def _effective_rates(taxes: Iterable[Tax]) -> list[tuple[Decimal, Decimal]]:
    """Return the factor and the effective rate of each tax: ``factor`` is 1, or 1 and the taxes below."""
    found = []
    with localcontext(EXACT):
        so_far = ONE
        for tax in taxes:
            factor = so_far if tax.compound else ONE
            found.append((factor, tax.rate * factor))
            so_far += tax.rate * factor
    return found
