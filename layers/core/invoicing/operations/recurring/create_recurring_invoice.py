"""Create a recurring invoice."""

from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.customers._eligibility import customer_to_bill
from invoicing.operations.recurring._starting import NewSchedule, start_schedule
from invoicing.operations.templates._chosen import require_template
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def create_recurring_invoice(
    uow: UnitOfWork, new: NewSchedule, content: NewInvoice, *, page_url: str
) -> RecurringInvoice:
    """Create the schedule; it makes no invoice yet.

    `ValidationFailed` ``INVALID_CUSTOMER`` for an unknown or archived customer, and as
    `require_template` and `start_schedule`.
    """
    series = [(NumberSeries, content.series_id)] if content.series_id else []
    uow.prefetch((Account, PROFILE), (Customer, content.customer_id), *series)
    account = uow.get(Account, PROFILE)
    require_template(account, content.template_id)
    customer = customer_to_bill(uow, uow.find(Customer, content.customer_id), content.customer_id)
    return start_schedule(uow, new, content, account, customer, page_url=page_url)
