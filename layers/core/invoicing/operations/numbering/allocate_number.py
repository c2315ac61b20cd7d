"""Take the next number of a series for a document."""

from dataclasses import replace
from datetime import date

from invoicing.domain.numbering.series import NumberReservation, NumberRule, NumberSeries, go_on_from, take_number
from invoicing.domain.parties.account import Account
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_LOOKED_UP = 100
"""The most numbers looked up in one request."""


def allocate_number(uow: UnitOfWork, series_id: str, account: Account, on: date, taken_by: str) -> str:
    """Take the next number of a series for the document of this id and date, in its transaction.

    One request, none when the series was prefetched.
    """
    series = uow.find(NumberSeries, series_id) or NumberSeries(account=uow.account, id=series_id)
    rule = account.number_rule(series_id)
    period = rule.period_of(on)
    number, advanced = _next_number(uow, series, rule, on)
    value = advanced.next_value(period) - 1
    skipped = go_on_from(series, period, value).skipped
    uow.changes.save(replace(advanced, skipped=skipped, used=True))
    uow.changes.save(
        NumberReservation(
            account=uow.account,
            id=number,
            document_type=account.series(series_id).document_type,
            taken_by=taken_by,
            series=series_id,
            period=period,
            value=value,
            issue_date=on,
        )
    )
    return number


def _next_number(uow: UnitOfWork, series: NumberSeries, rule: NumberRule, on: date) -> tuple[str, NumberSeries]:
    """Return the next number that is free, and the series after it.

    A number may be in use as a client's own or by another series. Numbers are looked up only after a write conflict has
    shown that the next one is in use; then many at once, because an import of invoices may have used thousands.
    """
    number, advanced = take_number(series, rule, on)
    if uow.ref(NumberReservation, number) not in uow.changes.outdated:
        return number, advanced
    while True:
        ahead = [take_number(advanced, rule, on)]
        while len(ahead) < MOST_LOOKED_UP:
            ahead.append(take_number(ahead[-1][1], rule, on))
        found = uow.store.find_together(*(uow.ref(NumberReservation, number) for number, _ in ahead))
        for (number, advanced), reservation in zip(ahead, found, strict=True):
            if reservation is None:
                return number, replace(advanced, version=series.version + 1)
