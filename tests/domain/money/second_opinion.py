"""The rules of totals once more, in exact fractions of major units, after the text of EN 16931-1; for comparison.

It shares no code with the product and works on the JSON of the published vectors. BT-… and BR-… are the terms and
rules of EN 16931-1:2017.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

DECIMALS = {"JPY": 0, "EUR": 2, "USD": 2, "KWD": 3, "CLF": 4}

type Case = Mapping[str, Any]
type Key = tuple[Fraction, str]


@dataclass
class Line:
    """A line on its way through the rules."""

    key: Key
    name: str | None
    quantity: Fraction
    gross: Fraction
    own: Fraction
    off: Fraction = Fraction(0)
    tax: Fraction = Fraction(0)

    @property
    def left(self) -> Fraction:
        """What remains after all discounts."""
        return self.gross - self.own - self.off


@dataclass
class Invoice:
    """An invoice: its lines, the tax of each group, and the decimals of its currency."""

    digits: int
    included: bool
    lines: list[Line]
    groups: dict[Key, Fraction]

    @property
    def unit(self) -> Fraction:
        """The smallest amount."""
        return Fraction(1, 10**self.digits)

    def part(self, key: Key) -> Fraction:
        """The tax in a unit of the amounts it is taken of."""
        return key[0] / (1 + key[0]) if self.included else key[0]

    def of(self, key: Key) -> list[Line]:
        """The lines of a group."""
        return [self.lines[index] for index in self.places(key)]

    def places(self, key: Key) -> list[int]:
        """The indexes of the lines of a group."""
        return [index for index, line in enumerate(self.lines) if line.key == key]


def nearest(value: Fraction, unit: Fraction) -> Fraction:
    """Round half away from zero."""
    units = floor(abs(value) / unit + Fraction(1, 2)) * unit
    return -units if value < 0 else units


def dealt(whole: Fraction, exact: Sequence[Fraction], first: Sequence[Any], unit: Fraction) -> list[Fraction]:
    """Round down, deal what is left in units: to the largest remainders, of equal ones to the largest `first`."""
    shares = [floor(share / unit) * unit for share in exact]
    order = sorted(range(len(exact)), key=lambda i: (exact[i] - shares[i], first[i]), reverse=True)
    left = int((whole - sum(shares)) / unit)
    while left > 0:
        for index in order[:left]:
            shares[index] += unit
        left -= min(left, len(order))
    while left < 0:
        for index in order[left:]:
            shares[index] -= unit
        left += min(-left, len(order))
    return shares


def reduction(discount: Mapping[str, str] | None, base: Fraction, unit: Fraction) -> Fraction:
    """The amount of a discount of this base."""
    if discount is None:
        return Fraction(0)
    value = Fraction(discount["value"])
    return nearest(base * value / 100, unit) if discount["type"] == "percentage" else value


def computed(case: Case) -> Invoice:
    """Compute an invoice that the rules accept."""
    digits = DECIMALS[case["currency"]]
    unit = Fraction(1, 10**digits)
    lines = [_line(given, case["tax_rate"], unit) for given in case["lines"]]
    keys = sorted({line.key for line in lines}, reverse=True)
    invoice = Invoice(digits, case["prices_include_tax"], lines, dict.fromkeys(keys, Fraction(0)))
    if case["discount"] is not None:
        _take_off(case["discount"], invoice)
    for key in keys:  # BR-S-08, BR-S-09, BR-CO-17 and the same of the other categories
        members = invoice.of(key)
        invoice.groups[key] = nearest(sum(line.left for line in members) * invoice.part(key), unit)
        exact = [invoice.part(key) * line.left for line in members]
        first = [(line.left, -index) for index, line in enumerate(members)]
        for line, tax in zip(members, dealt(invoice.groups[key], exact, first, unit), strict=True):
            line.tax = tax
    return invoice


def _line(given: Case, default_rate: str | None, unit: Fraction) -> Line:
    rate = Fraction(given["tax_rate"] if given["tax_rate"] is not None else default_rate or "0")
    quantity = Fraction(given["quantity"])
    exact = quantity * Fraction(given["unit_price"]) / Fraction(given.get("price_quantity") or "1")
    gross = nearest(exact, unit)
    category = given["tax_category"] or ("S" if rate > 0 else "")
    own = reduction(given["discount"], gross, unit)
    return Line((rate, category), given["tax_name"], quantity, gross, own)


def _take_off(discount: Mapping[str, str], invoice: Invoice) -> None:
    """Take a document level allowance (BT-92) off each group, then off its lines."""
    unit, keys = invoice.unit, list(invoice.groups)
    bases = [sum((line.left for line in invoice.of(key)), Fraction(0)) for key in keys]
    whole = reduction(discount, sum(bases, Fraction(0)), unit)
    if discount["type"] == "percentage":
        part = Fraction(discount["value"]) / 100
    else:
        part = whole / sum(bases) if sum(bases) else Fraction(0)
    of_groups = dealt(whole, [part * base for base in bases], list(zip(bases, keys, strict=True)), unit)
    for key, allowance in zip(keys, of_groups, strict=True):
        members = invoice.of(key)
        first = [(line.left, line.own, -index) for index, line in enumerate(members)]
        parts = dealt(allowance, [part * line.left for line in members], first, unit)
        for line, off in zip(members, parts, strict=True):
            line.off = off


def figures(invoice: Invoice) -> dict[str, Any]:
    """Return an invoice's figures as the vectors write them."""
    lines = [_amounts(invoice, line.left, line.own + line.off, line.tax, line.key[0]) for line in invoice.lines]
    groups = [
        _group(invoice, key, invoice.of(key), [lines[i] for i in invoice.places(key)], tax)
        for key, tax in invoice.groups.items()
    ]
    return _written(lines, groups, invoice.digits)


def credited(invoice: Invoice, notes: Sequence[Mapping[int, Fraction]]) -> list[dict[str, Any]]:
    """Return the figures of credit notes, each over quantities by index of the line, one after the other."""
    before = dict.fromkeys(range(len(invoice.lines)), Fraction(0))
    written = []
    for note in notes:
        after = {index: quantity + note.get(index, 0) for index, quantity in before.items()}
        written.append(_note(invoice, note, before, after))
        before = after
    return written


def _note(
    invoice: Invoice,
    note: Mapping[int, Fraction],
    before: Mapping[int, Fraction],
    after: Mapping[int, Fraction],
) -> dict[str, Any]:
    lines: dict[int, tuple[Fraction, ...]] = {}
    groups = []
    for key in invoice.groups:
        everywhere = invoice.places(key)
        taxes = [
            nearest(sum(_share(invoice, i, state[i])[0] for i in everywhere) * invoice.part(key), invoice.unit)
            for state in (before, after)
        ]
        here = [index for index in everywhere if index in note]
        if not here:
            continue
        shares = [(_share(invoice, i, before[i]), _share(invoice, i, after[i])) for i in here]
        bases = [new[0] - old[0] for old, new in shares]
        off = [new[1] - old[1] for old, new in shares]
        tax = taxes[1] - taxes[0]
        first = [(base, -place) for place, base in enumerate(bases)]
        parts = dealt(tax, [invoice.part(key) * base for base in bases], first, invoice.unit)
        for index, base, less, part in zip(here, bases, off, parts, strict=True):
            net = base - part if invoice.included else base
            lines[index] = (net + less, less, part, net + part)
        members = [invoice.lines[index] for index in here]
        groups.append(_group(invoice, key, members, [lines[index] for index in here], tax))
    return _written([lines[index] for index in sorted(lines)], groups, invoice.digits)


def _share(invoice: Invoice, index: int, quantity: Fraction) -> tuple[Fraction, Fraction]:
    """What is credited of a line when so much of it is: the amount that is taxed, and the discount."""
    line, part, unit = invoice.lines[index], quantity / invoice.lines[index].quantity, invoice.unit
    _, discount, _, total = _amounts(invoice, line.left, line.own + line.off, line.tax, line.key[0])
    off = nearest(discount * part, unit)
    if invoice.included:
        return nearest(total * part, unit), off
    return nearest((total - line.tax + discount) * part, unit) - off, off


def _amounts(
    invoice: Invoice, left: Fraction, discount: Fraction, tax: Fraction, rate: Fraction
) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """The four figures of a line: with tax in the prices, subtotal and discount are shown without it."""
    if invoice.included:
        discount, left = nearest(discount / (1 + rate), invoice.unit), left - tax
    return left + discount, discount, tax, left + tax


def _group(
    invoice: Invoice, key: Key, members: Sequence[Line], amounts: Sequence[Sequence[Fraction]], tax: Fraction
) -> dict[str, Any]:
    names = {line.name for line in members}
    return {
        "tax_rate": key[0],
        "tax_category": key[1] or None,
        "tax_name": names.pop() if len(names) == 1 else None,
        "taxable": text(sum((line[0] - line[1] for line in amounts), Fraction(0)), invoice.digits),
        "tax": text(tax, invoice.digits),
    }


def _written(lines: Sequence[Sequence[Fraction]], groups: Sequence[dict[str, Any]], digits: int) -> dict[str, Any]:
    names = ("subtotal", "discount", "tax", "total")
    sums = [sum(column, Fraction(0)) for column in zip(*lines, strict=True)]
    return {
        **{name: text(value, digits) for name, value in zip(names, sums, strict=True)},
        "tax_breakdown": list(groups),
        "lines": [{n: text(v, digits) for n, v in zip(names, line, strict=True)} for line in lines],
    }


def text(value: Fraction, digits: int) -> str:
    """Write an amount with all its decimals."""
    units = value * 10**digits
    if units.denominator != 1:
        raise AssertionError(f"{value} is no whole number of units")
    whole, rest = divmod(abs(int(units)), 10**digits)
    return f"{'-' if units < 0 else ''}{whole}" + (f".{rest:0{digits}}" if digits else "")
