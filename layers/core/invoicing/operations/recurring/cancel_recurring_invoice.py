"""Cancel a recurring invoice."""

from invoicing.domain.events.recurring_invoices import RECURRING_INVOICE_CANCELLED
from invoicing.domain.recurring.lifecycle import cancel
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.recurring._moves import read_schedule, save_moved
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def cancel_recurring_invoice(uow: UnitOfWork, recurring_id: str, *, if_version: int | None = None) -> RecurringInvoice:
    """Cancel the schedule for good; one that is cancelled already stays as it is.

    `NotFound`; `Conflict` ``INVALID_RECURRING_STATE`` for a completed one; `PreconditionFailed`.
    """
    schedule, _ = read_schedule(uow, recurring_id, if_version)
    cancelled = cancel(schedule, uow.now)
    return schedule if cancelled is schedule else save_moved(uow, (cancelled, ()), RECURRING_INVOICE_CANCELLED)
