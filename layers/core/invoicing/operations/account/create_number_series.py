"""Create a number series."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from invoicing.domain.errors import Conflict
from invoicing.domain.numbering.settings import MOST_SERIES, SeriesSettings
from invoicing.operations.account.get_account import OwnSeries, get_account
from invoicing.operations.numbering.change_series import change_series
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def create_number_series(uow: UnitOfWork, values: Mapping[str, Any]) -> OwnSeries:
    """Create the series; ``values`` are fields of `SeriesSettings` but the id, and ``next``.

    The account's version holds all series to each other, also those created at the same moment. `ValidationFailed` as
    `change_series`; `Conflict` ``TOO_MANY_NUMBER_SERIES``.
    """
    own = get_account(uow)
    if len(own.account.number_series) >= MOST_SERIES:
        raise Conflict("TOO_MANY_NUMBER_SERIES", f"An account has at most {MOST_SERIES} number series.")
    settings = {name: value for name, value in values.items() if name != "next"}
    series = SeriesSettings(id=uow.new_id("series"), **settings)
    own = change_series(uow, own, series, {"next": values["next"]})
    account = replace(own.account, version=own.account.version + 1)
    uow.changes.save(account)
    return replace(own, account=account).own_series(series.id)
