"""Read the account of a key."""

from dataclasses import dataclass

from invoicing.domain.calendar import today
from invoicing.domain.numbering import NumberSeries, period_of
from invoicing.domain.party import Account
from invoicing.operations.changes import Ref
from invoicing.operations.drafts import must_exist
from invoicing.operations.issuing import PROFILE, SERIES
from invoicing.operations.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """An account with its number series; ``period`` is the one that an invoice issued today is counted in."""

    account: Account
    series: NumberSeries
    period: str

    @property
    def next_value(self) -> int:
        """What the next invoice of today's period counts."""
        return self.series.next_value(self.period)


def get_account(work: Work) -> OwnAccount:
    """The account, in the mode of the key; `NotFound` ``ACCOUNT_NOT_FOUND``."""
    account, series = work.store.find_together(
        Ref(Account, work.account, PROFILE), Ref(NumberSeries, work.account, SERIES)
    )
    return own_account(work, must_exist(account), series or NumberSeries(account=work.account, id=SERIES))


def own_account(work: Work, account: Account, series: NumberSeries) -> OwnAccount:
    """An account as it stands today, in its own time zone."""
    issue_date = today(work.now, account.time_zone)
    return OwnAccount(
        account=account,
        series=series,
        period=period_of(account.number_pattern, account.number_reset, issue_date),
    )
