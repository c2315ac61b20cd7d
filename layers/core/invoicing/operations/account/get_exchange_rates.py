"""Read the exchange rates of an account."""

from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE, RATES
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def get_exchange_rates(uow: UnitOfWork) -> ExchangeRates:
    """Return the rates, version 0 and empty before they are first set; `NotFound` ``ACCOUNT_NOT_FOUND``.

    Rates with a base that is no longer the account's currency are left out.
    """
    uow.prefetch((Account, PROFILE), (ExchangeRates, RATES))
    base, rates = uow.get(Account, PROFILE).currency, uow.find(ExchangeRates, RATES)
    if rates is not None and rates.base == base:
        return rates
    version = 0 if rates is None else rates.version
    return ExchangeRates(account=uow.account, id=RATES, version=version, base=base, updated_at=uow.now)
