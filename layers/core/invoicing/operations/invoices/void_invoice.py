"""Void an invoice."""

from invoicing.domain.calendar import today
from invoicing.domain.events.invoices import INVOICE_CANCELLED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued, require_version, void
from invoicing.domain.ledger.entry import Movement
from invoicing.operations.ledger.bookkeeping import book_invoice
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def void_invoice(uow: UnitOfWork, invoice_id: str, reason: str | None, *, if_version: int | None = None) -> Invoice:
    """Cancel the invoice; ``reason`` is for the account's own records.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` when it is (partly) paid or cancelled already;
    `PreconditionFailed`.
    """
    invoice = uow.get(Invoice, invoice_id)
    require_version(invoice, if_version)
    voided = void(invoice, reason, uow.now)
    uow.changes.save(voided)
    if is_issued(invoice):
        book_invoice(uow, Movement.VOID, invoice, today(uow.now, invoice.time_zone), -invoice.total)
    uow.record(INVOICE_CANCELLED, voided)
    return voided
