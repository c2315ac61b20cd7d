"""What a ledger entry adds to the running totals.

Revenue and tax count by the date of the document: an invoice by its issue date, or the tax by its tax point where it
has one, a credit note by its own, a void by the day of voiding. So a period changes only by what is dated in it. Money
counts by its own date, and credit that pays an invoice is not money. Tax on cash basis is what the entry itself says,
by its date.

Each figure is there in the currency of the entry, with the currency's code once more in the account's own, and with
`UNCONVERTED` where no rate was known. What is converted has the amounts in the entry's currency behind it, so that
it can be told what has no rate when the account's currency has changed.
"""

from collections.abc import Iterator
from datetime import date

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.document import Document
from invoicing.domain.ledger.entry import LedgerEntry, Movement, OpenItemChange
from invoicing.domain.money.exchange import Exchange, in_base, tax_in_base
from invoicing.domain.money.tax import ONE
from invoicing.domain.money.tax_parts import TaxPart, parts_of
from invoicing.domain.payments.payment import Payment
from invoicing.domain.reports.figures import (
    CASH_TAX,
    CREDIT,
    CREDITED,
    DUE,
    EXCHANGE_GAIN,
    INVOICED,
    METHOD,
    PAID_OUT,
    PAYMENTS,
    REFUNDS,
    REVERSALS,
    SETTLED_BY_CREDIT,
    TAX,
    UNCONVERTED,
    VOIDED,
    WRITTEN_OFF,
)
from invoicing.domain.reports.totals import Amounts, Key, Posting, customer_total, day_total

type Source = Document | None
"""What an entry is of; a payout of credit has no rate, and its entry says all."""


def postings(entry: LedgerEntry, source: Source) -> Iterator[Posting]:
    """Yield all that an entry adds; ``source`` is what it is of (`document_of`)."""
    yield from _open_items(entry)
    for key, amounts in _flows(entry, source):
        yield Posting(day_total(entry.date, entry.currency), key, amounts)
        yield Posting(
            customer_total(entry.date.year, entry.currency, entry.customer_id),
            (*key, entry.date.isoformat()),
            amounts,
        )
    if isinstance(source, Invoice | CreditNote) and entry.movement not in _OF_NO_TAX:
        yield from _taxes(entry, source)
    for part in entry.cash_taxes:
        yield from _tax(CASH_TAX, entry, part, entry.date, 1)
    if entry.method:
        yield from _methods(entry, source, entry.method)
    if isinstance(source, Payment) and entry.movement is not Movement.CREDIT_APPLIED:
        yield from _gains(entry, _exchange_of(entry, source))


_OF_NO_TAX = frozenset({Movement.WRITE_OFF, Movement.WRITE_OFF_UNDONE})

_OF_DOCUMENTS = {
    Movement.INVOICE: (INVOICED, 1),
    Movement.VOID: (VOIDED, 1),
    Movement.CREDIT_NOTE: (CREDITED, 1),
    Movement.CREDIT_NOTE_VOIDED: (CREDITED, -1),
}
"""The figure of each movement of a document, and the sign of its count and amounts."""

_OF_AMOUNTS = {
    Movement.PAYMENT: (PAYMENTS, -1),
    Movement.REFUND: (REFUNDS, 1),
    Movement.REVERSAL: (REVERSALS, 1),
    Movement.CREDIT_PAYOUT: (PAID_OUT, 1),
    Movement.WRITE_OFF: (WRITTEN_OFF, -1),
    Movement.WRITE_OFF_UNDONE: (WRITTEN_OFF, -1),
}
"""The figure of each other movement, and the sign with which the entry's amount counts."""


def _flows(entry: LedgerEntry, source: Source) -> Iterator[tuple[Key, Amounts]]:
    if entry.movement in _OF_DOCUMENTS and isinstance(source, Invoice | CreditNote):
        name, sign = _OF_DOCUMENTS[entry.movement]
        own = (sign, *(sign * amount for amount in (source.total - source.tax, source.tax, source.total)))
        yield (name,), own
        base, converted = _converted(source)
        yield (name, base), _and_own(base, entry, (sign, *(sign * amount for amount in converted)), own)
    elif entry.movement is Movement.CREDIT_APPLIED:
        yield from _amounts(SETTLED_BY_CREDIT, entry, source, -1 if entry.credit > 0 else 1, -entry.credit)
    else:
        name, sign = _OF_AMOUNTS[entry.movement]
        count = -1 if entry.movement is Movement.WRITE_OFF_UNDONE else 1
        yield from _amounts(name, entry, source, count, sign * entry.amount)


def _amounts(name: str, entry: LedgerEntry, source: Source, count: int, amount: int) -> Iterator[tuple[Key, Amounts]]:
    """Yield a count and an amount, and the same in the account's own currency."""
    yield (name,), (count, amount)
    exchange = _exchange_of(entry, source)
    converted = in_base(amount, entry.currency, exchange)
    if exchange is None or converted is None:
        yield (name, UNCONVERTED), (count, amount)
    else:
        yield (name, exchange.base), _and_own(exchange.base, entry, (count, converted), (count, amount))


def _and_own(base: str, entry: LedgerEntry, converted: Amounts, own: Amounts) -> Amounts:
    """Return amounts with those in the entry's currency behind them, where they are in another."""
    return converted if base in {entry.currency, UNCONVERTED} else (*converted, *own)


def _exchange_of(entry: LedgerEntry, source: Source) -> Exchange | None:
    if source is None:
        return Exchange(base=entry.currency, rate=ONE) if entry.base_currency == entry.currency else None
    return entry.exchange or source.exchange


def _converted(source: Invoice | CreditNote) -> tuple[str, Amounts]:
    """Return the account's currency and net, tax and gross in it; gross and tax are rounded, net is the difference."""
    gross = in_base(source.total, source.currency, source.exchange)
    if source.exchange is None or gross is None:
        return UNCONVERTED, (source.total - source.tax, source.tax, source.total)
    tax = tax_in_base(source.tax_breakdown, source.currency, source.exchange) or 0
    return source.exchange.base, (gross - tax, tax, gross)


def _taxes(entry: LedgerEntry, source: Invoice | CreditNote) -> Iterator[Posting]:
    sign = 1 if entry.movement in (Movement.INVOICE, Movement.CREDIT_NOTE_VOIDED) else -1
    for part in parts_of(source):
        yield from _tax(TAX, entry, part, _tax_point(entry, source), sign)


def _tax(name: str, entry: LedgerEntry, part: TaxPart, on: date, sign: int) -> Iterator[Posting]:
    total, base = day_total(on, entry.currency), part.base or UNCONVERTED
    key = (name, f"{part.rate.normalize():f}", part.category or "", part.name or "")
    own, converted = (sign * part.taxable, sign * part.tax), (sign * part.base_taxable, sign * part.base_tax)
    yield Posting(total, key, own)
    yield Posting(total, (*key, base), _and_own(base, entry, converted, own))


def _tax_point(entry: LedgerEntry, source: Invoice | CreditNote) -> date:
    if entry.movement is Movement.INVOICE:
        return source.particulars.tax_point_date or entry.date
    return entry.date


def _methods(entry: LedgerEntry, source: Source, method: str) -> Iterator[Posting]:
    name, sign = _OF_AMOUNTS[entry.movement]
    for (_, *base), amounts in _amounts(name, entry, source, 1, sign * entry.amount):
        yield Posting(day_total(entry.date, entry.currency), (METHOD, method, name, *base), amounts)


def _gains(entry: LedgerEntry, exchange: Exchange | None) -> Iterator[Posting]:
    """Yield the gain of a payment, negative for a loss: its parts at its own rate, less those at the invoices' rates.

    A refund gives its part of the gain back, at its own rate if it has one. Where the account's currency has changed
    since an invoice, nothing is known of its part.
    """
    if exchange is None or exchange.rate is None:
        return
    parts = [item for item in entry.open_items if item.base_currency == exchange.base]
    gain = sum((in_base(-item.amount, entry.currency, exchange) or 0) + (item.base_amount or 0) for item in parts)
    if gain:
        yield Posting(day_total(entry.date, entry.currency), (EXCHANGE_GAIN, exchange.base), (gain, 0))


def _open_items(entry: LedgerEntry) -> Iterator[Posting]:
    """Yield what is due by due date, and the customer's credit.

    What was paid of an invoice dated later is credit until that day.
    """
    if entry.credit:
        yield Posting(day_total(entry.date, entry.currency), (CREDIT,), (entry.credit,))
    for item in entry.open_items:
        yield from _open_item(entry, item)


def _open_item(entry: LedgerEntry, item: OpenItemChange) -> Iterator[Posting]:
    counts_from = item.issue_date or entry.date
    if counts_from != entry.date:
        yield Posting(day_total(entry.date, entry.currency), (CREDIT,), (-item.amount,))
        yield Posting(day_total(counts_from, entry.currency), (CREDIT,), (item.amount,))
    total, key = day_total(counts_from, entry.currency), (DUE, item.due_date.isoformat())
    yield Posting(total, key, (item.amount,))
    if item.base_currency and item.base_amount is not None:
        yield Posting(total, (*key, item.base_currency), (item.base_amount, item.amount))
