"""Undo the write-off of an invoice."""

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.invoices.settlement import WRITE_OFF_FIELDS
from invoicing.domain.invoices.settlement import undo_write_off as undone
from invoicing.domain.ledger.entry import Movement
from invoicing.domain.parties.account import Account
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.ledger.bookkeeping import book_invoice, date_entry, save_changed
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def undo_write_off(uow: UnitOfWork, invoice_id: str, *, if_version: int | None = None) -> Invoice:
    """Make the amount due again, today; the ledger shows both entries.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` when nothing is written off, and as `entry_date`;
    `PreconditionFailed`.
    """
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE), (AccountReminders, REMINDERS))
    invoice, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require_version(invoice, if_version)
    due_again = undone(invoice, account.time_zone, uow.now)
    on = date_entry(uow, account, "date", None, not_before=invoice.write_off_date or invoice.issue_date)
    book_invoice(uow, Movement.WRITE_OFF_UNDONE, invoice, on, invoice.amount_written_off)
    save_changed(uow, invoice, due_again, WRITE_OFF_FIELDS)
    return due_again
