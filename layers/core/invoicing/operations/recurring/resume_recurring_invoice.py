"""Resume a recurring invoice."""

from dataclasses import replace

from invoicing.domain.events.recurring_invoices import RECURRING_INVOICE_RESUMED
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.lifecycle import resume
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.customers._eligibility import customer_to_bill
from invoicing.operations.recurring._moves import follow_customer, read_schedule, save_moved
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def resume_recurring_invoice(uow: UnitOfWork, recurring_id: str, *, if_version: int | None = None) -> RecurringInvoice:
    """Resume the schedule, without the dates that fell due during the pause.

    `NotFound`; `Conflict` ``INVALID_RECURRING_STATE`` unless it is paused; `ValidationFailed` ``INVALID_CUSTOMER``
    while its customer is archived; `PreconditionFailed`.
    """
    schedule, account = read_schedule(uow, recurring_id, if_version)
    customer = uow.find(Customer, schedule.customer_id)
    resumed, passed = resume(follow_customer(uow, schedule, customer), account, uow.now)
    billed = customer_to_bill(uow, customer, schedule.customer_id)
    return save_moved(uow, (replace(resumed, customer_version=billed.version), passed), RECURRING_INVOICE_RESUMED)
