"""Lots of customer credit: where credit is from, and the tax that its use takes back on cash basis."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from invoicing.dataclass import dataclass
from invoicing.domain.money.tax_parts import TaxParts, less, share_of, sum_of

MOST_LOTS = 20
"""The most lots of a credit: beyond, the two oldest become one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """Credit that arose together, in minor units, of which ``used`` is used already.

    ``taxes`` are those in ``amount``, of credit notes of ``invoice_id``; money that customers paid has none.
    """

    amount: int
    used: int = 0
    taxes: TaxParts = ()
    invoice_id: str | None = None

    @property
    def left(self) -> int:
        """The amount that is not used."""
        return self.amount - self.used

    @property
    def taxes_left(self) -> TaxParts:
        """The taxes that were not taken back: those of a lot less the share of what is used."""
        return less(self.taxes, share_of(self.taxes, Fraction(self.used, self.amount)))


Lots = tuple[Lot, ...]
"""Lots with something left, the oldest first."""

Choice = Callable[[Lot], bool]
"""Which lots are used first."""


def is_money(lot: Lot) -> bool:
    """Whether a lot is money that a customer paid."""
    return not lot.taxes


def of_invoice(invoice_id: str) -> Choice:
    """Choose the lots of an invoice's credit notes."""
    return lambda lot: lot.invoice_id == invoice_id


def put(lots: Lots, lot: Lot) -> Lots:
    """Add credit as the latest lot; money is added to the money before it."""
    if lots and is_money(lot) and is_money(lots[-1]):
        return (*lots[:-1], _merged(lots[-1], lot))
    return _few((*lots, lot))


def put_back(lots: Lots, used: Lots, returned: int, amount: int) -> Lots:
    """Add ``amount`` minor units of what a use took, of which so much has ``returned`` before: what it took last first.

    They are the oldest again. Shares are cumulative, so that the lots have all their tax when all has returned.
    """
    for lot in taken(take(used[::-1], returned), amount):
        lots = (lot, *lots)
    return _few(lots)


def take(lots: Lots, amount: int, first: Choice = lambda _: False) -> Lots:
    """Use credit of ``amount`` minor units: of the lots chosen ``first``, then of the others, the oldest first.

    Returns what is left. `ValueError` for more than there is.
    """
    return tuple(lot for lot in _after(lots, amount, first) if lot.left)


def taken(lots: Lots, amount: int) -> Lots:
    """Return what `take` takes of the oldest lots, as lots with the tax that it takes back; `ValueError` as there."""
    return tuple(
        Lot(
            amount=lot.left - after.left,
            taxes=less(lot.taxes_left, after.taxes_left),
            invoice_id=lot.invoice_id,
        )
        for lot, after in zip(lots, _after(lots, amount), strict=True)
        if lot.left > after.left
    )


def taxes_in(lots: Iterable[Lot]) -> TaxParts:
    """Return the taxes that lots still have."""
    return sum_of(*(lot.taxes_left for lot in lots))


def _after(lots: Lots, amount: int, first: Choice = lambda _: False) -> Lots:
    used: dict[int, int] = {}
    for place in sorted(range(len(lots)), key=lambda place: not first(lots[place])):
        used[place] = min(amount, lots[place].left)
        amount -= used[place]
    if amount:
        raise ValueError("more credit is used than there is")
    return tuple(replace(lot, used=lot.used + used[place]) for place, lot in enumerate(lots))


def _few(lots: Lots) -> Lots:
    while len(lots) > MOST_LOTS:
        lots = (_merged(*lots[:2]), *lots[2:])
    return lots


def _merged(first: Lot, second: Lot) -> Lot:
    same = first.invoice_id == second.invoice_id
    return Lot(
        amount=first.left + second.left,
        taxes=taxes_in((first, second)),
        invoice_id=first.invoice_id if same else None,
    )
