"""The number series of a customer's invoices."""

from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.numbering.chosen_series import keep_series, require_series
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def name_series(uow: UnitOfWork, series_id: str | None) -> None:
    """Let a customer name a series, which then stays; nothing for None. `ValidationFailed` as `require_series`."""
    if series_id is None:
        return
    uow.prefetch((Account, PROFILE), (NumberSeries, series_id))
    account = uow.get(Account, PROFILE)
    require_series(account, series_id)
    keep_series(uow, account, series_id)
