"""Revise an issued invoice: cancel it by a credit note, and draft its successor."""

from dataclasses import replace

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import today
from invoicing.domain.events.invoices import INVOICE_CANCELLED, INVOICE_CREATED
from invoicing.domain.invoices.drafting import draft_invoice
from invoicing.domain.invoices.duplicating import copy_of
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import cancelled, require, require_version
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import CREDIT_NOTES, INVOICES
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.credit_notes._cancelling import cancel_by_credit_note
from invoicing.operations.customers._eligibility import customer_to_bill
from invoicing.operations.invoices._issuing import number_draft
from invoicing.operations.invoices._voiding import book_void
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The draft that revises an invoice, and the credit note that cancels the invoice; None for a total of 0."""

    draft: Invoice
    credit_note_id: str | None


def revise_invoice(uow: UnitOfWork, invoice_id: str, reason: str | None, *, if_version: int | None = None) -> Revision:
    """Cancel the invoice and draft its copy, as `copy_of`; what was paid becomes customer credit.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` for a draft or a cancelled invoice, and when it was written off or
    credited in full, and as `entry_date` or, for a total of 0, `book_void`; `PreconditionFailed`; `ValidationFailed`
    ``INVALID_CUSTOMER`` when the customer is archived.
    """
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE), (NumberSeries, INVOICES), (NumberSeries, CREDIT_NOTES))
    invoice, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require_version(invoice, if_version)
    require(invoice, "revise")
    draft = _successor(uow, invoice, account)
    if invoice.total:
        after, note = cancel_by_credit_note(uow, invoice, account, reason)
        note_id = note.id
    else:
        book_void(uow, invoice, account)
        after, note_id = cancelled(replace(invoice, version=invoice.version + 1), reason, uow.now), None
    after = replace(after, revised_by=draft.id)
    uow.changes.save(after)
    uow.record(INVOICE_CANCELLED, after)
    uow.changes.save(draft)
    uow.record(INVOICE_CREATED, draft)
    return Revision(draft=draft, credit_note_id=note_id)


def _successor(uow: UnitOfWork, invoice: Invoice, account: Account) -> Invoice:
    customer = customer_to_bill(uow, uow.find(Customer, invoice.buyer.id), invoice.buyer.id)
    new = copy_of(invoice, today(uow.now, account.time_zone))
    draft = draft_invoice(new, account, customer, new_id=uow.new_id, now=uow.now)
    draft = replace(draft, revises=invoice.id, late_fee_of=invoice.late_fee_of, attachments=invoice.attachments)
    return number_draft(uow, draft, account)
