"""Write off an invoice."""

from decimal import Decimal

from invoicing.domain.calendar import today
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.invoices.settlement import write_off
from invoicing.domain.ledger.entry import Movement
from invoicing.operations.ledger.bookkeeping import book_invoice, in_minor_units, save_changed
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def write_off_invoice(
    uow: UnitOfWork,
    invoice_id: str,
    reason: str | None,
    amount: Decimal | None = None,
    *,
    if_version: int | None = None,
) -> Invoice:
    """Write off ``amount`` in major units, or all that is due; ``reason`` is for the account's own records.

    A write-off is no payment: ``amount_paid`` stays, and no event says that the invoice was paid. `NotFound`;
    `Conflict` ``INVALID_INVOICE_STATE`` when nothing is due; `PreconditionFailed`; `ValidationFailed`
    ``AMOUNT_EXCEEDS_DUE``, ``AMOUNT_INVALID``.
    """
    invoice = uow.get(Invoice, invoice_id)
    require_version(invoice, if_version)
    on = today(uow.now, invoice.time_zone)
    part = None if amount is None else in_minor_units("amount", amount, invoice.currency)
    lost = write_off(invoice, reason, on, uow.now, amount=part)
    book_invoice(uow, Movement.WRITE_OFF, invoice, on, lost.amount_due - invoice.amount_due)
    save_changed(uow, invoice, lost, ("amount_written_off", "write_off_reason", "written_off_at"))
    return lost
