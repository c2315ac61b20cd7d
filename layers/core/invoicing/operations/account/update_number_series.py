"""Change a number series."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from invoicing.domain.invoices.lifecycle import require_version
from invoicing.operations.account.get_account import OwnSeries, get_account
from invoicing.operations.numbering.change_series import change_series
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def update_number_series(
    uow: UnitOfWork, series_id: str, values: Mapping[str, Any], *, if_version: int | None = None
) -> OwnSeries:
    """Change the series; numbers that it has assigned stay. Without a change nothing is written.

    `NotFound` ``NUMBER_SERIES_NOT_FOUND``; `PreconditionFailed`; `ValidationFailed` as `change_series`.
    """
    own = get_account(uow, series_id)
    series = own.own_series(series_id)
    require_version(own.account, if_version)
    after = change_series(uow, own, series.settings, values)
    if after == own:
        return series
    account = replace(after.account, version=own.account.version + 1)
    uow.changes.save(account)
    return replace(after, account=account).own_series(series_id)
