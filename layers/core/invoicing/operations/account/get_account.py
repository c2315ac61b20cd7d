"""Read the account of a key."""

from collections.abc import Mapping
from datetime import date

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import today
from invoicing.domain.errors import not_found
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import CREDIT_NOTES, INVOICES, SeriesSettings
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSeries:
    """A number series with the value of its next number; ``version`` is the account's, which has its settings."""

    settings: SeriesSettings
    next_value: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """An account with counters of its number series by id, ``on`` a day in its own time zone."""

    account: Account
    series: Mapping[str, NumberSeries]
    on: date

    def next_value(self, series_id: str) -> int:
        """Return the value of the next number that the series assigns for the day."""
        return self.series[series_id].next_value(self.account.number_rule(series_id).period_of(self.on))

    def own_series(self, series_id: str) -> OwnSeries:
        """Return a series with its next value; `NotFound` ``NUMBER_SERIES_NOT_FOUND``."""
        settings = self.account.find_series(series_id)
        if settings is None:
            raise not_found("NumberSeries", series_id)
        return OwnSeries(settings=settings, next_value=self.next_value(series_id), version=self.account.version)


def get_account(uow: UnitOfWork, *also: str, all_series: bool = False) -> OwnAccount:
    """Return the account in the mode of the key, as of today, with its default series.

    ``also`` names other series to read, unless the account lacks them. One request, two where a default is not the
    first series of its type, or with all series. `NotFound` ``ACCOUNT_NOT_FOUND``.
    """
    first = dict.fromkeys((INVOICES, CREDIT_NOTES, *also))
    uow.prefetch((Account, PROFILE), *((NumberSeries, each) for each in first))
    account = uow.get(Account, PROFILE)
    wanted = [each.id for each in account.number_series if all_series or each.default or each.id in also]
    if others := [each for each in wanted if each not in first]:
        uow.prefetch(*((NumberSeries, each) for each in others))
    series = {each: uow.find(NumberSeries, each) or NumberSeries(account=uow.account, id=each) for each in wanted}
    return OwnAccount(account=account, series=series, on=today(uow.now, account.time_zone))
