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


def credited(invoice: Invoice, notes: Sequence[Mapping[int, Fraction]]) -> list[dict[str, Any]]:
    """Return the figures of credit notes, each over quantities by index of the row, one after the other."""
    rows = shown(invoice)
    parts = dict.fromkeys(rows, Fraction(0))
    before = _shares(invoice, rows, parts)
    written = []
    for note in notes:
        parts = {index: part + note.get(index, 0) / rows[index].row.quantity for index, part in parts.items()}
        after = _shares(invoice, rows, parts)
        written.append(_note(invoice, sorted(note), before, after))
        before = after
    return written


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


def _shares(invoice: Invoice, rows: Mapping[int, Shown], parts: Mapping[int, Fraction]) -> dict[int, Share]:
    """What is credited of each row when this part of it is."""
    return {index: _share(invoice, row, parts[index]) for index, row in rows.items()}


def _share(invoice: Invoice, row: Shown, part: Fraction) -> Share:
    discount, allowances, charges = (
        invoice.round(amount * part) for amount in (row.discount, row.allowances, row.charges)
    )
    if invoice.included:
        return Share(invoice.round((row.net + row.tax) * part), discount, allowances, charges)
    return Share(invoice.round(row.subtotal * part) - discount - allowances + charges, discount, allowances, charges)


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
