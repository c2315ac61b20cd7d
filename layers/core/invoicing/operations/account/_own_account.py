"""The entities that an account has once, profile and exchange rates, and its civil date."""

from datetime import date

from invoicing.domain.calendar import today
from invoicing.domain.parties.account import Account
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

PROFILE = "profile"
"""The id of an account among the entities of its partition."""

RATES = "exchange-rates"
"""The id of an account's exchange rates."""


def own_today(uow: UnitOfWork) -> date:
    """Return today's date in the account's time zone; one request, unless the account was read before."""
    return today(uow.now, uow.get(Account, PROFILE).time_zone)
