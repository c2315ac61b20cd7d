"""Credit notes: each has what is credited of the invoice after it, less what was credited before."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from tests.domain.money.second_opinion.figures import Settlement, Shown, document, settlement, shown
from tests.domain.money.second_opinion.invoices import Group, Invoice, Row


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


def credited(invoice: Invoice, notes: Sequence[Note]) -> list[dict[str, Any]]:
    """Return the figures of credit notes, one after the other."""
    rows = shown(invoice)
    states = dict.fromkeys(rows, State(Fraction(0), Fraction(0), Share(0, 0, 0, 0)))
    written = []
    for note in notes:
        items = {i: Item("all", Fraction(0)) for i in rows if states[i].share < 1} if note is None else note
        then = states | {index: _credited(invoice, rows[index], states[index], items[index]) for index in items}
        before, after = ({index: state.figures for index, state in each.items()} for each in (states, then))
        written.append(_note(invoice, sorted(items), before, after))
        states = then
    return written


def _credited(invoice: Invoice, row: Shown, before: State, item: Item) -> State:
    """What is credited of a row with this item; the last of its quantity is the rest of the row."""
    whole, named = row.row.quantity, before.quantity
    if item.measure == "amount":
        base = before.figures.base + int(item.value)
        share = Fraction(base, row.net + (row.tax if invoice.included else 0))
        return State(share, named, _figures(invoice, row, share)._replace(base=base))
    share = Fraction(1)
    if item.measure == "percentage":
        share = before.share + item.value / 100
    elif item.measure == "quantity":
        named += item.value
        share = before.share + item.value / whole if named != whole else share
    return State(share, named, _figures(invoice, row, share))


def _note(
    invoice: Invoice, named: Sequence[int], before: Mapping[int, Share], after: Mapping[int, Share]
) -> dict[str, Any]:
    own = {index: after[index].less(before[index]) for index in named}
    taxes: dict[int, dict[Group, int]] = {index: {} for index in own}
    groups = {}
    for group in invoice.groups:
        then, now = (invoice.taxed(_bases(shares), group) for shares in (before, after))
        here = invoice.taxed(_bases(own), group)
        if not here:
            continue
        groups[group] = invoice.levied(now.values()) - invoice.levied(then.values())
        if invoice.line_by_line:
            parts = {index: invoice.round(now[index]) - invoice.round(then[index]) for index in here}
        else:
            parts = invoice.spread(groups[group], here, _bases(own))
        for index, tax in parts.items():
            taxes[index][group] = tax
    rows = [_shown(invoice, invoice.rows[index], share, taxes[index]) for index, share in own.items()]
    return document(invoice, rows, groups, _settled(invoice, before, after))


def _bases(shares: Mapping[int, Share]) -> dict[int, int]:
    return {index: share.base for index, share in shares.items()}


def _figures(invoice: Invoice, row: Shown, share: Fraction) -> Share:
    """What this share of a row comes to."""
    subtotal, discount, allowances, charges, total = (
        invoice.round(amount * share)
        for amount in (row.subtotal, row.discount, row.allowances, row.charges, row.net + row.tax)
    )
    net = subtotal - discount - allowances + charges
    return Share(total if invoice.included else net, discount, allowances, charges)


def _shown(invoice: Invoice, row: Row, share: Share, taxes: Mapping[Group, int]) -> Shown:
    net = share.base - (sum(taxes.values()) if invoice.included else 0)
    subtotal = net + share.discount + share.allowances - share.charges
    return Shown(row, subtotal, share.discount, share.allowances, share.charges, taxes)


def _settled(invoice: Invoice, before: Mapping[int, Share], after: Mapping[int, Share]) -> Settlement:
    """Withhold what that is of all credited after the note less before; the note that ends it all has the rounding."""
    (net_before, _), (net, total) = _sums(invoice, before), _sums(invoice, after)
    withheld = invoice.withheld(net) - invoice.withheld(net_before)
    whole = sum(row.base for row in invoice.rows) + (0 if invoice.included else sum(invoice.groups.values()))
    return Settlement(withheld, rounding=settlement(invoice, net, total).rounding if total == whole else 0)


def _sums(invoice: Invoice, shares: Mapping[int, Share]) -> tuple[int, int]:
    """What is credited without tax, and with it."""
    bases = _bases(shares)
    base = sum(bases.values())
    tax = sum(invoice.levied(invoice.taxed(bases, group).values()) for group in invoice.groups)
    return (base - tax, base) if invoice.included else (base, base + tax)
