"""Undo a write-off: what was given up for lost is due again."""

from invoicing.domain.calendar import today
from invoicing.domain.invoice import Invoice
from invoicing.domain.ledger import Movement
from invoicing.domain.lifecycle import require_version
from invoicing.domain.settlement import undo_write_off as undone
from invoicing.operations.bookkeeping import book_invoice, save_changed
from invoicing.operations.get_invoice import get_invoice
from invoicing.operations.work import Work


def undo_write_off(work: Work, invoice_id: str, *, if_version: int | None = None) -> Invoice:
    """The invoice as if it had never been written off; the ledger shows both.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` when nothing of it is written off; `PreconditionFailed`.
    """
    invoice = get_invoice(work, invoice_id)
    require_version(invoice, if_version)
    on = today(work.now, invoice.time_zone)
    due_again = undone(invoice, on, work.now)
    book_invoice(work, Movement.WRITE_OFF_UNDONE, invoice, on, invoice.amount_written_off)
    save_changed(work, invoice, due_again, ("amount_written_off", "write_off_reason", "written_off_at"))
    return due_again
