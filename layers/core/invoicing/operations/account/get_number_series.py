"""Read a number series."""

from invoicing.operations.account.get_account import OwnSeries, get_account
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def get_number_series(uow: UnitOfWork, series_id: str) -> OwnSeries:
    """Return the series with its next value of today; `NotFound` ``NUMBER_SERIES_NOT_FOUND``."""
    return get_account(uow, series_id).own_series(series_id)
