"""Ledger entries as a bookkeeper books them: two accounts for each, and of invoices one booking for each tax rate.

An amount is gross and positive; the side says whether it is a debit or a credit of the receivables. So the bookings of
an entry add up to the change of the customer's balance.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.exports.export import Books
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.document import Document
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.money.exchange import Exchange, in_base
from invoicing.domain.money.tax import TaxGroup
from invoicing.domain.payments.payment import Payment

Side = Literal["debit", "credit"]

_BY_CATEGORY = {
    "K": "revenue_intra_community",
    "G": "revenue_export",
    "AE": "revenue_reverse_charge",
    "E": "revenue_exempt",
}
_BY_RATE = {Decimal("0.19"): "revenue_19", Decimal("0.07"): "revenue_7"}
_REVENUE = frozenset({Movement.INVOICE, Movement.VOID, Movement.CREDIT_NOTE, Movement.CREDIT_NOTE_VOIDED})
_LOSS = frozenset({Movement.WRITE_OFF, Movement.WRITE_OFF_UNDONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """An amount between receivables and another account, ``contra``; ``side`` is that of the receivables.

    ``reference`` is the number of the document, ``group`` the tax that a gross amount contains, ``tax`` of it in minor
    units. ``base_amount`` is the amount in the currency of the books, None without a rate.
    """

    entry: LedgerEntry
    amount: int
    side: Side
    account: str
    contra: str
    reference: str
    text: str
    group: TaxGroup | None = None
    tax: int = 0
    exchange: Exchange | None = None
    base_amount: int | None = None


def bookings_of(entry: LedgerEntry, document: Document | None, books: Books) -> list[Booking]:
    """Return the bookings of an entry; none where the balance stays, as when credit is applied to an invoice."""
    changes = _changes(entry, document)
    exchange = entry.exchange or (document.exchange if document else None)
    return [
        Booking(
            entry=entry,
            amount=abs(amount),
            side="debit" if amount > 0 else "credit",
            account=books.account("receivables"),
            contra=books.account(contra),
            reference=_reference(entry, document),
            text=document.buyer.name if document else "",
            group=group,
            tax=abs(group.tax) if group else 0,
            exchange=exchange,
            base_amount=_in_books(abs(amount), entry.currency, exchange, books),
        )
        for amount, contra, group in changes
        if amount
    ]


def _changes(entry: LedgerEntry, document: Document | None) -> Sequence[tuple[int, str, TaxGroup | None]]:
    """Return the changes of the balance with the names of their accounts; together they are that of the entry."""
    if entry.movement in _LOSS:
        return [(entry.amount, "write_offs", None)]
    if entry.movement not in _REVENUE or not isinstance(document, Invoice | CreditNote):
        return [(entry.amount, "bank", None)]
    sign = 1 if entry.movement in {Movement.INVOICE, Movement.CREDIT_NOTE_VOIDED} else -1
    gross = [(group.taxable + group.tax, group) for group in document.tax_breakdown]
    # Of several taxes on one amount, each has it in its group: then no group has a gross amount of its own.
    apart = sum(amount for amount, _ in gross) == document.total
    found: list[tuple[int, str, TaxGroup | None]]
    if apart:
        found = [(sign * amount, _revenue_of(group), group) for amount, group in gross]
    else:
        found = [(sign * document.total, "revenue_other", None)]
    # What was withheld, prepaid or rounded is no revenue, and not owed.
    return [*found, (entry.amount - sign * document.total, "clearing", None)]


def _revenue_of(group: TaxGroup) -> str:
    return _BY_CATEGORY.get(group.category or "") or _BY_RATE.get(group.rate, "revenue_other")


def _reference(entry: LedgerEntry, document: Document | None) -> str:
    """Return the number that matches a booking with others: that of the only invoice that a payment is for."""
    if isinstance(document, Payment):
        numbers = [each.invoice_number for each in document.allocations if each.invoice_number]
        return numbers[0] if len(numbers) == 1 else entry.document or ""
    return entry.document or ""


def _in_books(amount: int, currency: str, exchange: Exchange | None, books: Books) -> int | None:
    """Convert an amount to the currency of the books, which may have changed since the document was issued."""
    if currency == books.currency:
        return amount
    return in_base(amount, currency, exchange) if exchange and exchange.base == books.currency else None
