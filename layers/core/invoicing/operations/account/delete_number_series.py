"""Delete a number series that was never used."""

from dataclasses import replace

from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import CREDIT_NOTES, INVOICES
from invoicing.operations.account.get_account import get_account
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def delete_number_series(uow: UnitOfWork, series_id: str, *, if_version: int | None = None) -> None:
    """Delete the series; whoever names it at the same moment meets a write conflict, and then misses it.

    `NotFound` ``NUMBER_SERIES_NOT_FOUND``; `PreconditionFailed`; `Conflict` ``NUMBER_SERIES_IN_USE`` for one that was
    ever used, and for the first two, which drafts may name that nobody recorded.
    """
    own = get_account(uow, series_id)
    series = own.own_series(series_id).settings
    require_version(own.account, if_version)
    counter = own.series[series_id]
    if counter.used or series_id in {INVOICES, CREDIT_NOTES}:
        message = (
            f"The series {series.name} is in use: it is or was the default, has assigned numbers, or was chosen for an"
            " invoice or customer."
        )
        raise Conflict("NUMBER_SERIES_IN_USE", message)
    others = tuple(each for each in own.account.number_series if each.id != series_id)
    uow.changes.save(replace(own.account, number_series=others, version=own.account.version + 1))
    if counter.version:
        uow.changes.remove(counter)
    else:
        uow.changes.require(uow.ref(NumberSeries, series_id), 0)
