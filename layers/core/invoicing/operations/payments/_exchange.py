"""The exchange rate that a payment keeps."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.exchange import Exchange, exchange_at, require_rate
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import RATES
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def exchange_of_payment(
    uow: UnitOfWork, account: Account, currency: str, *, invoices: Sequence[Invoice], rate: Decimal | None, on: date
) -> Exchange | None:
    """Return the given rate of a payment of this date, else the one that its invoices share, else the account's.

    One request where the account's is needed. `ValidationFailed` as `require_rate`.
    """
    require_rate(currency, account.currency, rate)
    shared = {invoice.exchange for invoice in invoices}
    if rate is None and len(shared) == 1:
        return shared.pop()
    is_read = rate is None and currency != account.currency
    rates = uow.find(ExchangeRates, RATES) if is_read else None
    return exchange_at(currency, account.currency, given=rate, on=on, rates=rates, time_zone=account.time_zone)
