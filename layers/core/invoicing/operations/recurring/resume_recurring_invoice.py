"""Resume a recurring invoice."""

from invoicing.domain.events.recurring_invoices import RECURRING_INVOICE_RESUMED
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.lifecycle import resume
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.customers._eligibility import customer_to_bill
from invoicing.operations.recurring._moves import read_schedule, save_moved
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def resume_recurring_invoice(uow: UnitOfWork, recurring_id: str, *, if_version: int | None = None) -> RecurringInvoice:
    """Resume the schedule, without the dates that fell due during the pause.

    `NotFound`; `Conflict` ``INVALID_RECURRING_STATE`` unless it is paused; `ValidationFailed` ``INVALID_CUSTOMER``
    while its customer is archived; `PreconditionFailed`.
    """
    schedule, account = read_schedule(uow, recurring_id, if_version)
    moved = resume(schedule, account, uow.now)
    customer_to_bill(uow, uow.find(Customer, schedule.customer_id), schedule.customer_id)
    return save_moved(uow, moved, RECURRING_INVOICE_RESUMED)
