"""Read the exchange rates that an account has set."""

from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE, RATES
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def get_exchange_rates(uow: UnitOfWork) -> ExchangeRates:
    """The rates, version 0 and none while nobody has set any; `NotFound` ``ACCOUNT_NOT_FOUND``.

    Rates of a currency that the account no longer has are none.
    """
    uow.prefetch((Account, PROFILE), (ExchangeRates, RATES))
    base, rates = uow.get(Account, PROFILE).currency, uow.find(ExchangeRates, RATES)
    if rates is not None and rates.base == base:
        return rates
    version = 0 if rates is None else rates.version
    return ExchangeRates(account=uow.account, id=RATES, version=version, base=base, updated_at=uow.now)
