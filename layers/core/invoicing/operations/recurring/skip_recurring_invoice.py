"""Skip the next date of a recurring invoice."""

from invoicing.domain.recurring.lifecycle import skip
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.recurring._moves import read_schedule, save_moved
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def skip_recurring_invoice(uow: UnitOfWork, recurring_id: str, *, if_version: int | None = None) -> RecurringInvoice:
    """Skip the next date, also one whose invoice could not be made.

    `NotFound`; `Conflict` ``INVALID_RECURRING_STATE`` unless the schedule is active or paused; `PreconditionFailed`.
    """
    schedule, account = read_schedule(uow, recurring_id, if_version)
    return save_moved(uow, skip(schedule, account, uow.now))
