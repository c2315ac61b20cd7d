"""Void an invoice."""

from invoicing.dataclass import dataclass
from invoicing.domain.credit_notes.cancelling import is_cancelled_by_note
from invoicing.domain.events.invoices import INVOICE_CANCELLED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued, require, require_version, void
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import CREDIT_NOTES
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.credit_notes._cancelling import cancel_by_credit_note
from invoicing.operations.invoices._voiding import book_void
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidedInvoice:
    """The cancelled invoice, and the credit note that cancelled it, if one did."""

    invoice: Invoice
    credit_note_id: str | None = None


def void_invoice(
    uow: UnitOfWork,
    invoice_id: str,
    reason: str | None,
    *,
    credit_note: bool | None = None,
    if_version: int | None = None,
) -> VoidedInvoice:
    """Cancel the invoice, with a credit note where `is_cancelled_by_note`; ``reason`` is for the account's own records.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` when something of it is paid, credited or written off, it is
    cancelled already, or as `is_cancelled_by_note`, and as `book_void`; `PreconditionFailed`.
    """
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE), (NumberSeries, CREDIT_NOTES))
    invoice, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require_version(invoice, if_version)
    require(invoice, "void")
    note_id = None
    if is_cancelled_by_note(invoice, account, wanted=credit_note):
        voided, note = cancel_by_credit_note(uow, invoice, account, reason)
        note_id = note.id
    else:
        voided = void(invoice, reason, uow.now)
        if is_issued(invoice):
            book_void(uow, invoice, account)
    uow.changes.save(voided)
    uow.record(INVOICE_CANCELLED, voided)
    return VoidedInvoice(invoice=voided, credit_note_id=note_id)
