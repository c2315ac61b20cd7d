"""The credit note of a discount that a payment takes, apart from payments, most of which load no credit notes."""

from datetime import date

from invoicing.domain.credit_notes.credit_note import CreditNote, issue_credit_note, voided_with_payment
from invoicing.domain.credit_notes.early_payment import discount_lines
from invoicing.domain.events.credit_notes import CREDIT_NOTE_CREATED, CREDIT_NOTE_VOIDED
from invoicing.domain.invoices.early_payment import DiscountOffer
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Account
from invoicing.operations.credit_notes._booking import book_credit_note, book_voided_note
from invoicing.operations.numbering.allocate_number import allocate_number
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def take_discount(
    uow: UnitOfWork, invoice: Invoice, account: Account, offer: DiscountOffer, paid_on: date
) -> tuple[Invoice, str]:
    """Write the credit note of a discount, dated as its payment, and return the invoice after it and the note's id.

    The caller writes the invoice. One request, for the number.
    """
    on = max(paid_on, invoice.issue_date)
    note_id = uow.new_id("cn")
    note = issue_credit_note(
        invoice,
        discount_lines(invoice, offer.discount),
        note_id=note_id,
        number=allocate_number(uow, account.default_series("credit_note").id, account, on, note_id),
        reason=f"Early-payment discount of {offer.percent.normalize():f} %",
        on=on,
        now=uow.now,
        account=account,
        kind="early_payment_discount",
    )
    uow.changes.save(note)
    uow.record(CREDIT_NOTE_CREATED, note)
    return book_credit_note(uow, invoice, note), note_id


def undo_discount(uow: UnitOfWork, invoice: Invoice, note: CreditNote, account: Account, on: date) -> Invoice:
    """Void the credit note of a discount whose payment is reversed, and return the invoice with it due again.

    The caller writes the invoice. A note that was voided before stays as it is.
    """
    if note.voided_at is not None:
        return invoice
    after = voided_with_payment(note, uow.now)
    uow.changes.save(after)
    uow.record(CREDIT_NOTE_VOIDED, after)
    return book_voided_note(uow, invoice, note, on, account.time_zone)
