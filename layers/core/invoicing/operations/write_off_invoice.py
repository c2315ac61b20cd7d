"""Write off an invoice: what is due on it is given up for lost."""

from invoicing.domain.calendar import today
from invoicing.domain.invoice import Invoice
from invoicing.domain.ledger import Movement
from invoicing.domain.lifecycle import require_version
from invoicing.domain.settlement import write_off
from invoicing.operations.bookkeeping import book_invoice, save_changed
from invoicing.operations.get_invoice import get_invoice
from invoicing.operations.work import Work


def write_off_invoice(work: Work, invoice_id: str, reason: str | None, *, if_version: int | None = None) -> Invoice:
    """The invoice with nothing due any more; ``reason`` is for the account's own books.

    It is no payment: ``amount_paid`` stays what was paid, and no event says that it was. `NotFound`; `Conflict`
    ``INVALID_INVOICE_STATE`` when nothing is due on it; `PreconditionFailed`.
    """
    invoice = get_invoice(work, invoice_id)
    require_version(invoice, if_version)
    on = today(work.now, invoice.time_zone)
    lost = write_off(invoice, reason, on, work.now)
    book_invoice(work, Movement.WRITE_OFF, invoice, on, -invoice.amount_due)
    save_changed(work, invoice, lost, ("amount_written_off", "write_off_reason", "written_off_at"))
    return lost
