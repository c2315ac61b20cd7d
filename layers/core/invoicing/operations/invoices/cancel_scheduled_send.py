"""Cancel a scheduled send."""

from invoicing.domain.errors import NotFound
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.operations.invoices._scheduled_sends import drop_scheduled_send
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def cancel_scheduled_send(uow: UnitOfWork, invoice_id: str, *, if_version: int | None = None) -> None:
    """Let the invoice wait for no send; nothing else of it changes.

    `NotFound`, with ``SCHEDULED_SEND_NOT_FOUND`` when no send is scheduled any more: the client learns that it may have
    gone out; `PreconditionFailed`.
    """
    invoice = uow.get(Invoice, invoice_id)
    require_version(invoice, if_version)
    if invoice.scheduled_send is None:
        raise NotFound("SCHEDULED_SEND_NOT_FOUND", "No send of this invoice is scheduled.")
    drop_scheduled_send(uow, invoice)
