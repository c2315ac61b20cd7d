"""Preview the invoices that a recurring invoice will make."""

from collections.abc import Sequence
from itertools import islice

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.occurrences import Occurrence
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.recurring._drafts import coming_drafts
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def preview_recurring_invoice(uow: UnitOfWork, recurring_id: str, count: int) -> Sequence[tuple[Occurrence, Invoice]]:
    """Return the next dates, at most ``count``, and their drafts; those of a paused one as if it were resumed now.

    `NotFound`; `ValidationFailed` where an invoice cannot be made any more, as after a change of the account.
    """
    uow.prefetch((RecurringInvoice, recurring_id), (Account, PROFILE))
    schedule, account = uow.get(RecurringInvoice, recurring_id), uow.get(Account, PROFILE)
    customer = uow.get(Customer, schedule.customer_id)
    return tuple(islice(coming_drafts(uow, schedule, account, customer), count))
