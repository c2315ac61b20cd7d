"""Credit an invoice, in part or in full."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from invoicing.dataclass import dataclass
from invoicing.domain.credit_notes.credit_note import CreditNote, issue_credit_note
from invoicing.domain.credit_notes.crediting import lines_to_credit
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.events.credit_notes import CREDIT_NOTE_CREATED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import require, require_version
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import CREDIT_NOTES
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.credit_notes._booking import book_credit_note
from invoicing.operations.credit_notes.send_credit_note import email_credit_note
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.ledger.bookkeeping import date_entry, save_changed
from invoicing.operations.numbering.allocate_number import allocate_number
from invoicing.operations.numbering.chosen_series import require_series
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCreditNote:
    """The input of a credit note; ``items`` None credits all that is left, ``email`` None sends no e-mail.

    ``issue_date`` defaults to the later of today and the invoice's, ``series_id`` to the account's default series.
    """

    reason: str
    issue_date: date | None = None
    series_id: str | None = None
    items: Sequence[CreditItem] | None = None
    email: EmailRequest | None = None


def create_credit_note(
    uow: UnitOfWork, invoice_id: str, new: NewCreditNote, *, page_url: str, if_version: int | None = None
) -> CreditNote:
    """Issue the credit note; what exceeds the amount due becomes customer credit.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` for a draft or a cancelled invoice, and when nothing is left to
    credit, and as `entry_date`; `PreconditionFailed`; `ValidationFailed` as `lines_to_credit`,
    `require_series`, `entry_date` and `order_email`.
    """
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE), (NumberSeries, new.series_id or CREDIT_NOTES))
    invoice, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require_version(invoice, if_version)
    require(invoice, "credit")
    require_series(account, new.series_id, "credit_note")
    lines = lines_to_credit(invoice, new.items)
    on = date_entry(uow, account, "issue_date", new.issue_date, not_before=invoice.issue_date)
    note_id = uow.new_id("cn")
    series_id = new.series_id or account.default_series("credit_note").id
    number = allocate_number(uow, series_id, account, on, note_id)
    note = issue_credit_note(
        invoice,
        lines,
        note_id=note_id,
        number=number,
        reason=new.reason,
        on=on,
        now=uow.now,
        account=account,
    )
    _book(uow, invoice, note)
    if new.email is not None:
        note = replace(note, sent_at=uow.now)
    uow.changes.save(note)
    uow.record(CREDIT_NOTE_CREATED, note)
    if new.email is not None:
        email_credit_note(uow, note, new.email, page_url)
    return note


def _book(uow: UnitOfWork, invoice: Invoice, note: CreditNote) -> None:
    """Write the credited invoice and the ledger entry; the rest becomes customer credit."""
    after = book_credit_note(uow, invoice, note)
    save_changed(uow, invoice, after, ("amount_credited", "applied_to_invoice", "credited_to_customer", "credit_notes"))
