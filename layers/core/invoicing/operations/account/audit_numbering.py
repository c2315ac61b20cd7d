"""Check that the numbers of an account's invoices and credit notes have no gaps and no duplicates."""

from dataclasses import dataclass

from invoicing.domain.numbering.audit import PeriodAudit, audit_series
from invoicing.domain.numbering.series import NumberSeries
from invoicing.operations.account._own_account import CREDIT_NOTES, SERIES
from invoicing.operations.unit_of_work.ports import Numbers
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_NUMBERS = 50_000
"""The most numbers of one audit: about 6 MB, or 800 read units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingAudit:
    """The audit of both series; ``own`` are clients' own numbers. ``truncated``: too many numbers, no result."""

    periods: tuple[PeriodAudit, ...]
    own: tuple[str, ...]
    truncated: bool


def audit_numbering(uow: UnitOfWork, numbers: Numbers) -> NumberingAudit:
    """Audit both series against all reserved numbers, up to `MOST_NUMBERS`.

    An invoice issued during the audit can show as an extra number, never as a gap: the series are read first.
    """
    found = uow.store.find_together(*(uow.ref(NumberSeries, series) for series in (SERIES, CREDIT_NOTES)))
    taken = numbers.of(uow.account, MOST_NUMBERS + 1)
    if len(taken) > MOST_NUMBERS:
        return NumberingAudit(periods=(), own=(), truncated=True)
    own = tuple(reservation.id for reservation in taken if reservation.period is None)
    series = (
        known or NumberSeries(account=uow.account, id=series)
        for known, series in zip(found, (SERIES, CREDIT_NOTES), strict=True)
    )
    periods = tuple(period for each in series for period in audit_series(each, taken))
    return NumberingAudit(periods=periods, own=own, truncated=False)
