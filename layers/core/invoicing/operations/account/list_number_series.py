"""List the number series."""

from invoicing.operations.account.get_account import OwnSeries, get_account
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_number_series(uow: UnitOfWork) -> list[OwnSeries]:
    """Return all series of the account in the order in which they were created; `NotFound` ``ACCOUNT_NOT_FOUND``."""
    own = get_account(uow, all_series=True)
    return [own.own_series(series.id) for series in own.account.number_series]
