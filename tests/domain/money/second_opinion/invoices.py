"""The rules of totals once more, in exact fractions, after the text of EN 16931-1; for comparison.

It shares no code with the product and works on the JSON of the published vectors; amounts are in the currency's
smallest unit. BT-… and BR-… are the terms and rules of EN 16931-1:2017. Beyond it go several taxes of one line,
withholdings, the rounding modes and rounding to coins.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from tests.domain.money.second_opinion.rounding import HALF_UP, dealt, rounded

DECIMALS = {"JPY": 0, "EUR": 2, "USD": 2, "CAD": 2, "CHF": 2, "INR": 2, "KWD": 3, "CLF": 4}

type Case = Mapping[str, Any]


class Group(NamedTuple):
    """What taxes have in common that are computed together; ``name`` tells those of a list apart, else it is empty.

    ``due`` is the rate on the amount before all tax: of a compound tax more than its own rate.
    """

    rate: Fraction
    category: str
    name: str
    due: Fraction


class Tax(NamedTuple):
    """A tax of one row; ``on`` is what it is due on, as a multiple of the amount before all tax."""

    group: Group
    on: Fraction = Fraction(1)
    compound: bool = False


@dataclass
class Row:
    """A line, or a charge or allowance (of negative amount) of the invoice, on its way through the rules."""

    kind: str
    name: str | None
    taxes: Mapping[Group, Tax]
    listed: bool
    quantity: Fraction
    amount: int
    discount: int = 0
    allowances: int = 0
    charges: int = 0
    off: int = 0
    tax: dict[Group, int] = field(default_factory=dict)

    @property
    def base(self) -> int:
        """What remains of the amount, with tax in it if prices have it."""
        return self.amount - self.discount - self.allowances + self.charges - self.off

    @property
    def rate(self) -> Fraction:
        """All taxes together, on the amount before them."""
        return sum((group.due for group in self.taxes), Fraction(0))


@dataclass
class Invoice:
    """An invoice: its rows (lines, charges, allowances), the tax of each group, and how it is rounded.

    ``members`` are the rows of each group by index, with the part of a row's base that is this tax.
    """

    digits: int
    included: bool
    mode: str
    line_by_line: bool
    cash: int
    withholdings: Sequence[Fraction]
    prepaid: int
    rows: list[Row] = field(default_factory=list)
    groups: dict[Group, int] = field(default_factory=dict)
    members: dict[Group, dict[int, Fraction]] = field(default_factory=dict)

    def place(self, kind: str, number: int) -> int:
        """The index of a row: the line, charge or allowance of this number, from 0."""
        return [index for index, row in enumerate(self.rows) if row.kind == kind][number]

    def minor(self, value: str) -> Fraction:
        """Major units as smallest units."""
        return Fraction(value) * Fraction(10**self.digits)

    def round(self, value: Fraction) -> int:
        """Make an exact figure an amount."""
        return rounded(value, self.mode)

    def taxed(self, bases: Mapping[int, int], group: Group) -> dict[int, Fraction]:
        """The exact tax of a group on these bases by index of the row, of the rows that have this tax."""
        return {index: bases[index] * part for index, part in self.members[group].items() if index in bases}

    def levied(self, exact: Iterable[Fraction]) -> int:
        """The tax of a group: rounded once, or line by line."""
        return sum(map(self.round, exact)) if self.line_by_line else self.round(sum(exact, Fraction(0)))

    def spread(self, whole: int, exact: Mapping[int, Fraction], bases: Mapping[int, int]) -> dict[int, int]:
        """Give each row its part of the tax of a group."""
        if self.line_by_line:
            return {index: self.round(tax) for index, tax in exact.items()}
        first = [(bases[index], -index) for index in exact]
        return dict(zip(exact, dealt(whole, list(exact.values()), first), strict=True))

    def without_tax(self, amount: int, row: Row) -> int:
        """A part of the price as it is shown."""
        return self.round(amount / (1 + row.rate)) if self.included and amount else amount

    def withheld(self, net: int) -> int:
        """What is withheld of an amount without tax."""
        return sum(self.round(rate * net) for rate in self.withholdings)


def computed(case: Case) -> Invoice:
    """Compute an invoice that the rules accept."""
    digits, rounding = DECIMALS[case["currency"]], case.get("rounding") or {}
    invoice = Invoice(
        digits=digits,
        included=case["prices_include_tax"],
        mode=rounding.get("mode") or HALF_UP,
        line_by_line=rounding.get("level") == "line",
        cash=int(Fraction(rounding.get("cash") or "0") * 10**digits),
        withholdings=[Fraction(each["rate"]) for each in case.get("withholdings") or ()],
        prepaid=sum(int(Fraction(each["amount"]) * 10**digits) for each in case.get("prepayments") or ()),
    )
    lines = [_line(given, case, invoice) for given in case["lines"]]
    of_lines = sum(row.base for row in lines)  # BT-106
    invoice.rows += lines
    for kind, sign in (("charge", 1), ("allowance", -1)):
        for given in case.get(f"{kind}s") or ():
            amount = sign * _adjustment(given, of_lines, invoice)
            invoice.rows.append(Row(kind, given.get("tax_name"), *_taxes(given, case), Fraction(sign), amount))
    if case["discount"] is not None:
        _take_off(case["discount"], invoice, lines)
    _levy(invoice)
    return invoice


def _line(given: Case, case: Case, invoice: Invoice) -> Row:
    quantity = Fraction(given["quantity"])
    exact = quantity * invoice.minor(given["unit_price"]) / Fraction(given.get("price_quantity") or "1")
    row = Row("line", given["tax_name"], *_taxes(given, case), quantity, invoice.round(exact))
    row.discount = _reduction(given["discount"], row.amount, invoice)
    row.allowances, row.charges = (
        sum(_adjustment(each, row.amount, invoice) for each in given.get(name) or ())
        for name in ("allowances", "charges")
    )
    return row


def _taxes(given: Case, case: Case) -> tuple[Mapping[Group, Tax], bool]:
    """The taxes of a row, or the invoice's where it has none of its own; and whether they are a list."""
    own = given.get("tax_rate") is not None or given.get("taxes")
    source, category = given if own else case, given.get("tax_category")
    if not source.get("taxes"):
        rate = Fraction(source["tax_rate"] or "0")
        group = Group(rate, category or ("S" if rate > 0 else ""), "", rate)
        return {group: Tax(group)}, False
    taxes: dict[Group, Tax] = {}
    for each in source["taxes"]:
        rate, compound = Fraction(each["rate"]), bool(each.get("compound"))
        on = 1 + sum((below.due for below in taxes), Fraction(0)) if compound else Fraction(1)
        group = Group(rate, category or ("S" if rate > 0 else ""), each["name"], rate * on)
        taxes[group] = Tax(group, on, compound)
    return taxes, True


def _reduction(discount: Mapping[str, str] | None, base: int, invoice: Invoice) -> int:
    """The amount of a discount of this base."""
    if discount is None:
        return 0
    if discount["type"] == "percentage":
        return invoice.round(base * Fraction(discount["value"]) / 100)
    return int(invoice.minor(discount["value"]))


def _adjustment(given: Case, base: int, invoice: Invoice) -> int:
    """The amount of a charge or an allowance."""
    if given.get("percentage") is not None:
        return invoice.round(base * Fraction(given["percentage"]) / 100)
    return int(invoice.minor(given["amount"]))


def _take_off(discount: Mapping[str, str], invoice: Invoice, lines: Sequence[Row]) -> None:
    """Take a discount (an allowance of the document, BT-92) off the lines of the same taxes, then off each line."""
    alike: dict[tuple[Tax, ...], list[Row]] = {}
    for row in lines:
        alike.setdefault(tuple(sorted(row.taxes.values(), reverse=True)), []).append(row)
    kinds = sorted(alike, reverse=True)
    bases = [sum(row.base for row in alike[kind]) for kind in kinds]
    base = sum(bases)
    whole = _reduction(discount, base, invoice)
    part = Fraction(discount["value"]) / 100 if discount["type"] == "percentage" else Fraction(whole, base or 1)
    allowances = dealt(whole, [part * each for each in bases], list(zip(bases, kinds, strict=True)))
    for kind, allowance in zip(kinds, allowances, strict=True):
        first = [(row.base, row.discount, -index) for index, row in enumerate(alike[kind])]
        shares = dealt(allowance, [part * row.base for row in alike[kind]], first)
        for row, off in zip(alike[kind], shares, strict=True):
            row.off = off


def _levy(invoice: Invoice) -> None:
    """Tax each group: BR-S-08, BR-S-09, BR-CO-17 and the same of the other categories."""
    bases = {index: row.base for index, row in enumerate(invoice.rows)}
    for group in sorted({group for row in invoice.rows for group in row.taxes}, reverse=True):
        invoice.members[group] = {
            index: group.due / (1 + row.rate) if invoice.included else group.due
            for index, row in enumerate(invoice.rows)
            if group in row.taxes
        }
        exact = invoice.taxed(bases, group)
        invoice.groups[group] = invoice.levied(exact.values())
        for index, tax in invoice.spread(invoice.groups[group], exact, bases).items():
            invoice.rows[index].tax[group] = tax
