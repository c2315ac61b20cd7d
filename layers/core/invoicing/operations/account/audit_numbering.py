"""Check the numbers of an account's invoices and credit notes: no gaps, no duplicates, in the order of their dates."""

from collections.abc import Sequence
from itertools import groupby

from invoicing.domain.errors import not_found
from invoicing.domain.numbering.audit import AssignedNumber, AuditPart, AuditPosition, audit_part
from invoicing.domain.numbering.series import NumberReservation
from invoicing.operations.account.get_account import OwnAccount, get_account
from invoicing.operations.numbering.allocate_number import MOST_LOOKED_UP
from invoicing.operations.unit_of_work.ports import Numbers
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_NUMBERS = 5_000
"""The most numbers of one part: some 600 KB, or 75 read units."""


def audit_numbering(
    uow: UnitOfWork,
    numbers: Numbers,
    *,
    series_id: str | None = None,
    period: str | None = None,
    after: AuditPosition | None = None,
) -> AuditPart:
    """Audit the next part of one series or of all, in one period or in all; of all in all, also clients' own numbers.

    Three requests: one more for other than the first two series, one for each series of an audit of all in one period,
    and one where numbers are missing: they are looked up, because the order of numbers is read from an index that may
    be a moment behind. A number assigned in the meantime shows as an extra one, never as a gap: the counters are read
    first. `NotFound` ``NUMBER_SERIES_NOT_FOUND``.
    """
    own = get_account(uow, all_series=True) if series_id is None else get_account(uow, series_id)
    if series_id is not None and own.account.find_series(series_id) is None:
        raise not_found("NumberSeries", series_id)
    counters = {each: own.series[each] for each in (sorted(own.series) if series_id is None else [series_id])}
    within = _within(list(counters), period) if series_id or period else [()]
    found = numbers.assigned(uow.account, within, after=after.last if after else None, most=MOST_NUMBERS + 1)
    has_more = len(found) > MOST_NUMBERS
    if has_more:
        found = _whole_values(found)
    part = audit_part(counters, found, after=after, has_more=has_more, period=period)
    late = _looked_up(uow, own, part)
    if not late:
        return part
    found = sorted([*found, *late], key=lambda each: each.place)
    return audit_part(counters, found, after=after, has_more=has_more, period=period)


def _within(series: Sequence[str], period: str | None) -> list[tuple[str, ...]]:
    return [(each,) if period is None else (each, period) for each in series]


def _whole_values(found: Sequence[AssignedNumber]) -> list[AssignedNumber]:
    """Leave out the last value, of which there may be more: a part never ends between two of the same value."""
    groups = [list(group) for _, group in groupby(found, key=lambda each: each.place)]
    return [number for group in groups[:-1] or groups for number in group]


def _looked_up(uow: UnitOfWork, own: OwnAccount, part: AuditPart) -> list[AssignedNumber]:
    """Return the missing numbers that are there after all, as the account writes them now."""
    rules = {series: own.account.number_rule(series) for series in own.series}
    written = dict.fromkeys(
        rules[audited.series].write(value, rules[audited.series].day_in(audited.period, own.on))
        for audited in part.periods
        for value in audited.gaps[:MOST_LOOKED_UP]
        if audited.series in rules
    )
    refs = [uow.ref(NumberReservation, number) for number in list(written)[:MOST_LOOKED_UP]]
    there = uow.store.find_together(*refs) if refs else ()
    return [
        AssignedNumber(each.series, each.period, each.value, each.id, each.issue_date)
        for each in there
        if each is not None and each.value is not None
    ]
