"""Void an invoice."""

from invoicing.domain.calendar import today
from invoicing.domain.events.invoices import INVOICE_CANCELLED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued, require_version, void
from invoicing.domain.ledger.entry import Movement
from invoicing.domain.ledger.entry_date import require_open
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.ledger.bookkeeping import book_invoice, hold_open
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def void_invoice(uow: UnitOfWork, invoice_id: str, reason: str | None, *, if_version: int | None = None) -> Invoice:
    """Cancel the invoice; ``reason`` is for the account's own records.

    An issued invoice must not be dated in a locked period, whose revenue and tax would change. `NotFound`; `Conflict`
    ``INVALID_INVOICE_STATE`` when something of it is paid, credited or written off, or it is cancelled already,
    ``PERIOD_LOCKED``; `PreconditionFailed`.
    """
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE))
    invoice, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require_version(invoice, if_version)
    voided = void(invoice, reason, uow.now)
    uow.changes.save(voided)
    if is_issued(invoice):
        require_open(account, invoice.issue_date, "Credit the invoice instead")
        hold_open(uow, account, invoice.issue_date)
        on = max(today(uow.now, account.time_zone), invoice.issue_date)
        book_invoice(uow, Movement.VOID, invoice, on, -invoice.amount_due)
    uow.record(INVOICE_CANCELLED, voided)
    return voided
