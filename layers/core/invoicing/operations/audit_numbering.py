"""Check that the invoice numbers of an account have no gaps and no duplicates."""

from dataclasses import dataclass

from invoicing.domain.audit import PeriodAudit, audit_series
from invoicing.domain.numbering import NumberSeries
from invoicing.operations.changes import Ref
from invoicing.operations.issuing import SERIES
from invoicing.operations.ports import Numbers
from invoicing.operations.work import Work

MOST_NUMBERS = 50_000
"""Numbers that one audit reads: about 6 MB, or 800 read units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingAudit:
    """``own`` are the numbers that clients brought. ``truncated``: there are more than were read, nothing is known."""

    series: str
    periods: tuple[PeriodAudit, ...]
    own: tuple[str, ...]
    truncated: bool


def audit_numbering(work: Work, numbers: Numbers) -> NumberingAudit:
    """What the numbers that are taken say of the series; reads all of them, up to `MOST_NUMBERS`.

    An invoice that is issued while it reads can show as a number more, never as a gap: the series is read first.
    """
    series = work.store.find(Ref(NumberSeries, work.account, SERIES)) or NumberSeries(account=work.account, id=SERIES)
    taken = numbers.of(work.account, MOST_NUMBERS + 1)
    if len(taken) > MOST_NUMBERS:
        return NumberingAudit(series=SERIES, periods=(), own=(), truncated=True)
    own = tuple(reservation.id for reservation in taken if reservation.period is None)
    return NumberingAudit(series=SERIES, periods=audit_series(series, taken), own=own, truncated=False)
