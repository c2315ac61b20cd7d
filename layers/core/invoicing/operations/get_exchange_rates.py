"""Read the exchange rates that an account has set."""

from invoicing.domain.exchange import ExchangeRates
from invoicing.domain.party import Account
from invoicing.operations.changes import Ref
from invoicing.operations.drafts import must_exist
from invoicing.operations.issuing import PROFILE, RATES
from invoicing.operations.work import Work


def get_exchange_rates(work: Work) -> ExchangeRates:
    """The rates, version 0 and none while nobody has set any; `NotFound` ``ACCOUNT_NOT_FOUND``.

    Rates of a currency that the account no longer has are none.
    """
    account, rates = work.store.find_together(
        Ref(Account, work.account, PROFILE), Ref(ExchangeRates, work.account, RATES)
    )
    base = must_exist(account).currency
    if rates is not None and rates.base == base:
        return rates
    version = 0 if rates is None else rates.version
    return ExchangeRates(account=work.account, id=RATES, version=version, base=base, updated_at=work.now)
