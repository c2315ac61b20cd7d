"""Number series after imported numbers: what is issued next does not run against their dates."""

from collections.abc import Iterable
from dataclasses import replace

from invoicing.domain.imports.data_import import Import, RaisedSeries
from invoicing.domain.numbering.series import NumberSeries, go_on_from
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def raise_series(uow: UnitOfWork, data_import: Import, numbers: Iterable[RaisedSeries]) -> tuple[RaisedSeries, ...]:
    """Let each series go on behind the highest of these numbers; return those that this, or the import before, raised.

    The values between are passed over on purpose, and are no gaps for an audit. A dry run writes nothing.
    """
    highest: dict[tuple[str, str], RaisedSeries] = {}
    for each in (*data_import.raised, *numbers):
        key = each.series_id, each.period
        if key not in highest or each.next_value > highest[key].next_value:
            highest[key] = each
    counters = {series_id: uow.find(NumberSeries, series_id) for series_id, _ in highest}
    raised = list(data_import.raised)
    for series_id, before in counters.items():
        counter = before or NumberSeries(account=uow.account, id=series_id)
        after = counter
        for each in (each for key, each in highest.items() if key[0] == series_id):
            if each.next_value > after.next_value(each.period):
                after = go_on_from(after, each.period, each.next_value)
                raised = [*(one for one in raised if one[:2] != each[:2]), each]
        if after != counter and not data_import.dry_run:
            uow.changes.save(replace(after, version=counter.version + 1))
    return tuple(sorted(raised))
