"""Delete a draft."""

from dataclasses import replace

from invoicing.domain.events.invoices import INVOICE_DELETED, INVOICE_UPDATED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import require, require_version
from invoicing.domain.reminders.state import InvoiceReminders
from invoicing.operations.invoices._drafts import release_number
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def delete_invoice(uow: UnitOfWork, invoice_id: str, *, if_version: int | None = None) -> None:
    """Delete the draft with its reminders, and release the client's own number.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` for anything but a draft, and for a draft with a number of the
    series; `PreconditionFailed`.
    """
    uow.prefetch((Invoice, invoice_id), (InvoiceReminders, invoice_id))
    draft = uow.get(Invoice, invoice_id)
    require_version(draft, if_version)
    require(draft, "delete")
    uow.changes.remove(draft)
    if reminders := uow.find(InvoiceReminders, invoice_id):
        uow.changes.remove(reminders)
    release_number(uow, draft)
    uow.record(INVOICE_DELETED, draft)
    if draft.revises is not None:
        _forget_revision(uow, draft.revises)


def _forget_revision(uow: UnitOfWork, invoice_id: str) -> None:
    """Let a revised invoice no longer name the draft; it stays cancelled. One request."""
    revised = uow.get(Invoice, invoice_id)
    after = replace(revised, version=revised.version + 1, revised_by=None, updated_at=uow.now)
    uow.changes.save(after)
    uow.record(INVOICE_UPDATED, after, changed=["revised_by"])
