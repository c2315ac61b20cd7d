"""Check the numbers of an account's invoices and credit notes: no gaps, no duplicates, in the order of their dates."""

from collections.abc import Sequence
from itertools import groupby

from invoicing.domain.numbering.audit import AssignedNumber, AuditPart, AuditPosition, audit_part
from invoicing.domain.numbering.series import NumberReservation
from invoicing.operations.account.get_account import OwnAccount, get_account
from invoicing.operations.numbering.allocate_number import MOST_LOOKED_UP
from invoicing.operations.unit_of_work.ports import Numbers
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_NUMBERS = 5_000
"""The most numbers of one part: some 600 KB, or 75 read units."""


def audit_numbering(
    uow: UnitOfWork, numbers: Numbers, *, period: str | None = None, after: AuditPosition | None = None
) -> AuditPart:
    """Audit the next part of both series, of one period or of all and the clients' own numbers.

    Three requests, four where numbers are missing: they are looked up, because the order of numbers is read from an
    index that may be a moment behind. A number assigned meanwhile shows as an extra one, never as a gap: the counters
    are read first.
    """
    own = get_account(uow)
    found = numbers.assigned(uow.account, after=after.last if after else None, period=period, most=MOST_NUMBERS + 1)
    has_more = len(found) > MOST_NUMBERS
    if has_more:
        found = _whole_values(found)
    part = audit_part(own.series, found, after=after, has_more=has_more, period=period)
    late = _looked_up(uow, own, part)
    if not late:
        return part
    found = sorted([*found, *late], key=lambda each: each.place)
    return audit_part(own.series, found, after=after, has_more=has_more, period=period)


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
    )
    refs = [uow.ref(NumberReservation, number) for number in list(written)[:MOST_LOOKED_UP]]
    there = uow.store.find_together(*refs) if refs else ()
    return [
        AssignedNumber(each.period, each.series, each.value, each.id, each.issue_date)
        for each in there
        if each is not None and each.period is not None and each.value is not None
    ]
