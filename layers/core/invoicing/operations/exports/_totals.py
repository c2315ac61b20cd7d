"""Control totals: by which who reads a file can tell that it has all of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from invoicing.domain.exports.bookings import Booking
from invoicing.domain.exports.export import Total, added
from invoicing.domain.ledger.entry import LedgerEntry

type Amounts = Callable[[Any], Mapping[str, int]]


def totals_of(of: str, entities: Sequence[Any]) -> tuple[Total, ...]:
    """Return the totals of entities of an export's type; nothing for what has no amounts."""
    found: tuple[Total, ...] = ()
    for entity in entities:
        if of == "lines":
            lines = [Total(entity.currency, 1, _of_document(line)) for line in entity.lines]
            found = added(found, lines)
        elif isinstance(entity, Booking):
            found = added(found, [Total(entity.entry.currency, 1, _of_booking(entity))])
        elif amounts := _AMOUNTS.get(of):
            found = added(found, [Total(entity.currency, 1, amounts(entity))])
    return found


def _of_document(document: Any) -> Mapping[str, int]:
    return {"subtotal": document.subtotal, "tax": document.tax, "total": document.total}


def _of_booking(booking: Booking) -> Mapping[str, int]:
    return {side: booking.amount if booking.side == side else 0 for side in ("debit", "credit")}


def _of_entry(entry: LedgerEntry) -> Mapping[str, int]:
    return {"amount": entry.amount, "credit": entry.credit}


_AMOUNTS: Mapping[str, Amounts] = {
    "invoices": _of_document,
    "credit_notes": _of_document,
    "payments": lambda payment: {"amount": payment.amount, "refunded_amount": payment.refunded_amount},
    "ledger": _of_entry,
}
