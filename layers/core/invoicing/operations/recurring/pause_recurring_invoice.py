"""Pause a recurring invoice."""

from invoicing.domain.events.recurring_invoices import RECURRING_INVOICE_PAUSED
from invoicing.domain.recurring.lifecycle import pause
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.recurring._moves import read_schedule, save_moved
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def pause_recurring_invoice(uow: UnitOfWork, recurring_id: str, *, if_version: int | None = None) -> RecurringInvoice:
    """Pause the schedule: dates that fall due from now on are skipped, those that are due already still made.

    `NotFound`; `Conflict` ``INVALID_RECURRING_STATE`` unless it is active; `PreconditionFailed`.
    """
    schedule, _ = read_schedule(uow, recurring_id, if_version)
    return save_moved(uow, (pause(schedule, uow.now), ()), RECURRING_INVOICE_PAUSED)
