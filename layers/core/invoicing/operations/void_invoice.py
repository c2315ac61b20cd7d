"""Void an invoice: it is cancelled, keeps its number, and nothing is due on it any more."""

from invoicing.domain.calendar import today
from invoicing.domain.events import invoice_event
from invoicing.domain.invoice import Invoice
from invoicing.domain.ledger import Movement
from invoicing.domain.lifecycle import is_issued, require_version, void
from invoicing.operations.bookkeeping import book_invoice
from invoicing.operations.get_invoice import get_invoice
from invoicing.operations.work import Work


def void_invoice(work: Work, invoice_id: str, reason: str | None, *, if_version: int | None = None) -> Invoice:
    """The invoice as cancelled; ``reason`` is for the account's own books.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` when it is (partly) paid or cancelled already;
    `PreconditionFailed`.
    """
    invoice = get_invoice(work, invoice_id)
    require_version(invoice, if_version)
    voided = void(invoice, reason, work.now)
    work.changes.save(voided)
    if is_issued(invoice):
        book_invoice(work, Movement.VOID, invoice, today(work.now, invoice.time_zone), -invoice.total)
    work.changes.record(invoice_event(work.new_id("evt"), "invoice.cancelled", voided, work.now))
    return voided
