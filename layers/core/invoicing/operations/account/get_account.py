"""Read the account of a key."""

from dataclasses import dataclass

from invoicing.domain.calendar import today
from invoicing.domain.numbering.series import NumberSeries, period_of
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE, SERIES
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """An account with its number series; ``period`` is the one that an invoice issued today is counted in."""

    account: Account
    series: NumberSeries
    period: str

    @property
    def next_value(self) -> int:
        """The value of the next invoice number of today's period."""
        return self.series.next_value(self.period)


def get_account(uow: UnitOfWork) -> OwnAccount:
    """Return the account in the mode of the key; `NotFound` ``ACCOUNT_NOT_FOUND``."""
    uow.prefetch((Account, PROFILE), (NumberSeries, SERIES))
    series = uow.find(NumberSeries, SERIES) or NumberSeries(account=uow.account, id=SERIES)
    return own_account(uow, uow.get(Account, PROFILE), series)


def own_account(uow: UnitOfWork, account: Account, series: NumberSeries) -> OwnAccount:
    """Return an account with its series and period of today, in its own time zone."""
    issue_date = today(uow.now, account.time_zone)
    return OwnAccount(
        account=account,
        series=series,
        period=period_of(account.number_pattern, account.number_reset, issue_date),
    )
