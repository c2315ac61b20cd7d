"""Credit notes: each has what is credited of the invoice after it, less what was credited before."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from tests.domain.money.second_opinion.figures import Settlement, Shown, document, settlement, shown
from tests.domain.money.second_opinion.invoices import Group, Invoice


class Share(NamedTuple):
    """What is credited of a row: `base` is what is taxed, with the tax in it if prices have it."""

    base: int
    discount: int
    allowances: int
    charges: int

    def less(self, before: "Share") -> "Share":
        """What comes to it."""
        return Share(*(now - then for now, then in zip(self, before, strict=True)))


class Item(NamedTuple):
    """How much of a row a note credits: a quantity, a percentage of the whole, or an amount in smallest units."""

    measure: str
    value: Fraction


class State(NamedTuple):
    """What is credited of a row: a share of the whole, which comes to figures, and how many units were named."""

    share: Fraction
    quantity: Fraction
    figures: Share


type Note = Mapping[int, Item] | None
"""What is credited by index of the row; None is all that is left."""


class Ledger(NamedTuple):
    """What is credited of the whole invoice: of each row, and the exact and the rounded tax of each group."""

    shares: Mapping[int, Share]
    exact: Mapping[Group, Mapping[int, Fraction]]
    taxes: Mapping[Group, int]


class Crediting:
    """An invoice, and what is credited of it."""

    def __init__(self, invoice: Invoice) -> None:
        self.invoice = invoice
        self.rows = shown(invoice)
        self.states = dict.fromkeys(self.rows, State(Fraction(0), Fraction(0), Share(0, 0, 0, 0)))
        self.credited = self._ledger()
        net = sum(row.net for row in self.rows.values())
        self.total = net + sum(invoice.groups.values())
        self.settled = settlement(invoice, net, self.total)
        self.withheld = self.payable = 0

    def whole(self, index: int) -> int:
        """The amount of a row: with tax if prices have it."""
        row = self.rows[index]
        return row.net + (row.tax if self.invoice.included else 0)

    @property
    def left(self) -> list[int]:
        """The rows that are not credited in full."""
        return [index for index, state in self.states.items() if state.share < 1]

    def note(self, items: Note) -> dict[str, Any]:
        """Credit this, and return the figures of the note."""
        if items is None:
            items = dict.fromkeys(self.left, Item("all", Fraction(0)))
        before = self.credited
        self.states |= {index: self._after(index, item) for index, item in items.items()}
        self.credited = self._ledger()
        own = {index: self.credited.shares[index].less(before.shares[index]) for index in sorted(items)}
        taxes = {group: self.credited.taxes[group] - tax for group, tax in before.taxes.items()}
        of_rows: dict[int, dict[Group, int]] = {index: {} for index in own}
        for group in self.invoice.groups:
            for index, tax in self._spread(group, taxes[group], own, before).items():
                of_rows[index][group] = tax
        groups = {group: tax for group, tax in taxes.items() if any(group in row for row in of_rows.values())}
        rows = [self._shown(index, share, of_rows[index]) for index, share in own.items()]
        return document(self.invoice, rows, groups, self._settled(before))

    def _after(self, index: int, item: Item) -> State:
        """What is credited of a row with this item; the last of its quantity is the rest of the row."""
        row, before, whole = self.rows[index], self.states[index], self.whole(index)
        named, share = before.quantity, Fraction(1)
        if item.measure == "amount":
            base = before.figures.base + int(item.value)
            share = Fraction(base, whole) if base != whole else share
            return State(share, named, self._figures(row, share)._replace(base=base))
        if item.measure == "percentage":
            share = before.share + item.value / 100
        elif item.measure == "quantity":
            named += item.value
            share = before.share + item.value / row.row.quantity if named != row.row.quantity else share
        return State(share, named, self._figures(row, share))

    def _figures(self, row: Shown, share: Fraction) -> Share:
        """What this share of a row comes to."""
        subtotal, discount, allowances, charges, total = (
            self.invoice.round(amount * share) if amount else 0
            for amount in (row.subtotal, row.discount, row.allowances, row.charges, row.net + row.tax)
        )
        net = subtotal - discount - allowances + charges
        return Share(total if self.invoice.included else net, discount, allowances, charges)

    def _ledger(self) -> Ledger:
        shares = {index: state.figures for index, state in self.states.items()}
        bases = {index: share.base for index, share in shares.items()}
        exact = {group: self.invoice.taxed(bases, group) for group in self.invoice.groups}
        return Ledger(shares, exact, {group: self.invoice.levied(taxes.values()) for group, taxes in exact.items()})

    def _spread(self, group: Group, tax: int, own: Mapping[int, Share], before: Ledger) -> dict[int, int]:
        """The tax of a group by row of the note."""
        bases = {index: share.base for index, share in own.items()}
        exact = self.invoice.taxed(bases, group)
        if not self.invoice.line_by_line:
            return self.invoice.spread(tax, exact, bases) if exact else {}
        now, then = self.credited.exact[group], before.exact[group]
        return {index: self.invoice.round(now[index]) - self.invoice.round(then[index]) for index in exact}

    def _shown(self, index: int, share: Share, taxes: Mapping[Group, int]) -> Shown:
        net = share.base - (sum(taxes.values()) if self.invoice.included else 0)
        subtotal = net + share.discount + share.allowances - share.charges
        row = self.invoice.rows[index]
        return Shown(row, subtotal, share.discount, share.allowances, share.charges, taxes)

    def _settled(self, before: Ledger) -> Settlement:
        """Keep what is payable within the invoice's, by rounding too."""
        (_, total_before), (net, total) = self._sums(before), self._sums(self.credited)
        withheld = self._withheld(net, total_before, total)
        payable = total - total_before - withheld
        rounding = 0
        if self.settled.rounding:
            left = self.total - self.settled.withheld + self.settled.rounding - self.payable
            rounding = (left if total == self.total else min(payable, left)) - payable
        self.withheld += withheld
        self.payable += payable + rounding
        return Settlement(withheld, rounding=rounding)

    def _withheld(self, net: int, total_before: int, total: int) -> int:
        """Withhold of all credited, less before: neither more than the note has, nor than what is left then has."""
        rest = self.settled.withheld - self.withheld
        if total == self.total or not self.invoice.withholdings:
            return rest
        least = rest - (self.total - total)
        return min(max(self.invoice.withheld(net) - self.withheld, least), total - total_before)

    def _sums(self, credited: Ledger) -> tuple[int, int]:
        """What is credited without tax, and with it."""
        base, tax = sum(share.base for share in credited.shares.values()), sum(credited.taxes.values())
        return (base - tax, base) if self.invoice.included else (base, base + tax)
