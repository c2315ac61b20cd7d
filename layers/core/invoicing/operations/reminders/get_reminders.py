"""Read how an account reminds its customers."""

from invoicing.domain.reminders.account_reminders import AccountReminders
from invoicing.operations.reminders._reminded import own_reminders
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def get_reminders(uow: UnitOfWork) -> AccountReminders:
    """Return the reminders of the account, version 0 and switched off before they are first set."""
    return own_reminders(uow)
