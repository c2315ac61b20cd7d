"""Undo the write-off of an invoice."""

from invoicing.domain.calendar import today
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.invoices.settlement import undo_write_off as undone
from invoicing.domain.ledger.entry import Movement
from invoicing.operations.ledger.bookkeeping import book_invoice, save_changed
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def undo_write_off(uow: UnitOfWork, invoice_id: str, *, if_version: int | None = None) -> Invoice:
    """Make the amount due again; the ledger shows both entries.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` when nothing is written off; `PreconditionFailed`.
    """
    invoice = uow.get(Invoice, invoice_id)
    require_version(invoice, if_version)
    on = today(uow.now, invoice.time_zone)
    due_again = undone(invoice, on, uow.now)
    book_invoice(uow, Movement.WRITE_OFF_UNDONE, invoice, on, invoice.amount_written_off)
    save_changed(uow, invoice, due_again, ("amount_written_off", "write_off_reason", "written_off_at"))
    return due_again
