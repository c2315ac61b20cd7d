"""Credit an invoice, in part or all that is left of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from invoicing.domain.calendar import today
from invoicing.domain.credit_note import (
    CreditItem,
    CreditNote,
    issue_credit_note,
    lines_to_credit,
    quantities_to_credit,
)
from invoicing.domain.errors import not_found
from invoicing.domain.events import credit_note_event
from invoicing.domain.invoice import Invoice
from invoicing.domain.ledger import Movement
from invoicing.domain.lifecycle import require, require_version
from invoicing.domain.numbering import NumberSeries
from invoicing.domain.party import Account
from invoicing.domain.settlement import credit
from invoicing.operations.bookkeeping import book_invoice, change_credit, credit_of, save_changed
from invoicing.operations.changes import Ref
from invoicing.operations.drafts import must_exist
from invoicing.operations.issuing import CREDIT_NOTES, PROFILE, EmailRequest, allocate_number
from invoicing.operations.send_credit_note import email_credit_note
from invoicing.operations.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCreditNote:
    """What a client wants credited; without ``items`` all that is not credited yet. ``email`` None: no e-mail."""

    reason: str
    items: Sequence[CreditItem] | None = None
    email: EmailRequest | None = None


def create_credit_note(
    work: Work, invoice_id: str, new: NewCreditNote, *, page_url: str, if_version: int | None = None
) -> CreditNote:
    """The credit note as issued today; what exceeds the amount due becomes the customer's credit.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` for a draft or a cancelled invoice, and when nothing is left to
    credit; `PreconditionFailed`; `ValidationFailed` as `quantities_to_credit`, `lines_to_credit` and `order_email`.
    """
    invoice, account, series = work.store.find_together(
        Ref(Invoice, work.account, invoice_id),
        Ref(Account, work.account, PROFILE),
        Ref(NumberSeries, work.account, CREDIT_NOTES),
    )
    if invoice is None:
        raise not_found("invoice", invoice_id)
    require_version(invoice, if_version)
    require(invoice, "credit")
    quantities = quantities_to_credit(invoice, new.items)
    lines = lines_to_credit(invoice, quantities)
    on, note_id = today(work.now, invoice.time_zone), work.new_id("cn")
    series = series or NumberSeries(account=work.account, id=CREDIT_NOTES)
    number = allocate_number(work, series, must_exist(account), on, note_id)
    note = issue_credit_note(invoice, lines, note_id=note_id, number=number, reason=new.reason, on=on, now=work.now)
    after = credit(invoice, note.applied_to_invoice, quantities, on, work.now)
    save_changed(work, invoice, after, ("amount_credited",))
    _book(work, invoice, note)
    if new.email is not None:
        note = replace(note, sent_at=work.now)
    work.changes.save(note)
    work.changes.record(credit_note_event(work.new_id("evt"), "credit_note.created", note, work.now))
    if new.email is not None:
        email_credit_note(work, note, new.email, page_url)
    return note


def _book(work: Work, invoice: Invoice, note: CreditNote) -> None:
    """The customer owes so much less, and has so much more credit."""
    if note.credited_to_customer:
        change_credit(work, credit_of(work, note.buyer.id, note.currency), note.credited_to_customer)
    book_invoice(
        work,
        Movement.CREDIT_NOTE,
        invoice,
        note.issue_date,
        -note.total,
        credit=note.credited_to_customer,
        document=note.number,
        credit_note_id=note.id,
    )
