"""Booking of credit notes."""

from datetime import date

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.credit_notes.crediting import with_credit
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.settlement import credit, void_credit
from invoicing.domain.ledger.cash_tax import cash_taxes
from invoicing.domain.ledger.entry import Credit, Movement
from invoicing.domain.money.credit_lots import Lot, of_invoice, put, take
from invoicing.domain.money.tax_parts import less, parts_of
from invoicing.operations.ledger.bookkeeping import book_invoice, change_credit, credit_of
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def book_credit_note(uow: UnitOfWork, invoice: Invoice, note: CreditNote) -> Invoice:
    """Write the ledger entry of a credit note and the customer credit that it made, one request if it made some.

    Returns the invoice after it, which the caller writes. `Conflict` as `credit`.
    """
    after = credit(invoice, note.on_invoice(), with_credit(invoice, note.lines), uow.now, taxes=parts_of(note))
    changed = None
    if note.credited_to_customer:
        before = credit_of(uow, note.buyer.id, note.currency)
        taxes = less(after.credit_taxes, invoice.credit_taxes)
        lot = Lot(amount=note.credited_to_customer, taxes=taxes, invoice_id=invoice.id)
        changed = before, change_credit(uow, before, lot.amount, put(before.all_lots, lot))
    _book(uow, Movement.CREDIT_NOTE, note, (invoice, after), note.issue_date, credit=changed)
    return after


def book_voided_note(uow: UnitOfWork, invoice: Invoice, note: CreditNote, on: date, time_zone: str) -> Invoice:
    """Write the ledger entry of a note that is voided, and take its credit back; ``time_zone`` is the account's.

    Returns the invoice after it, which the caller writes. `LookupError` as `void_credit`. One request if the note made
    credit, unless that was prefetched.
    """
    credited = with_credit(invoice, note.lines, times=-1)
    after = void_credit(invoice, note.on_invoice(), credited, time_zone, uow.now, taxes=parts_of(note))
    changed = None
    if note.credited_to_customer:
        before = credit_of(uow, note.buyer.id, note.currency)
        lots = take(before.all_lots, note.credited_to_customer, of_invoice(invoice.id))
        changed = before, change_credit(uow, before, -note.credited_to_customer, lots)
    _book(uow, Movement.CREDIT_NOTE_VOIDED, note, (invoice, after), max(on, note.issue_date), credit=changed)
    return after


def _book(
    uow: UnitOfWork,
    movement: Movement,
    note: CreditNote,
    invoice: tuple[Invoice, Invoice],
    on: date,
    *,
    credit: tuple[Credit, Credit] | None,
) -> None:
    """Write the ledger entry of a note by the invoice and the credit before and after it."""
    sign = 1 if movement is Movement.CREDIT_NOTE else -1
    book_invoice(
        uow,
        movement,
        invoice[0],
        on,
        -sign * note.amount_payable,
        credit=sign * note.credited_to_customer,
        document=note.number,
        credit_note_id=note.id,
        cash_taxes=cash_taxes([invoice], credit),
    )
