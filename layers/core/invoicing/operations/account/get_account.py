"""Read the account of a key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from invoicing.domain.calendar import today
from invoicing.domain.numbering.series import NumberSeries, SeriesId
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import CREDIT_NOTES, PROFILE, SERIES
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """An account with its number series, ``on`` a day in its own time zone."""

    account: Account
    series: Mapping[SeriesId, NumberSeries]
    on: date

    def next_value(self, series: SeriesId) -> int:
        """Return the value of the next number that the series assigns for the day."""
        return self.series[series].next_value(self.account.number_rule(series).period_of(self.on))


def get_account(uow: UnitOfWork) -> OwnAccount:
    """Return the account in the mode of the key, as of today; `NotFound` ``ACCOUNT_NOT_FOUND``."""
    uow.prefetch((Account, PROFILE), (NumberSeries, SERIES), (NumberSeries, CREDIT_NOTES))
    account = uow.get(Account, PROFILE)
    series = {
        each: uow.find(NumberSeries, each) or NumberSeries(account=uow.account, id=each)
        for each in (SERIES, CREDIT_NOTES)
    }
    return OwnAccount(account=account, series=series, on=today(uow.now, account.time_zone))
