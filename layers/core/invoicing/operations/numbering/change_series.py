"""Change a number series, by itself or as part of its account."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.numbering.distinct import require_distinct
from invoicing.domain.numbering.series import NumberReservation, NumberSeries, go_on_from
from invoicing.domain.numbering.settings import SeriesSettings, check_pattern, with_series
from invoicing.operations.account.get_account import OwnAccount
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

OWN_FIELDS = {"pattern": "pattern", "next": "next"}
"""The fields of a series that errors name; those of an account are `invoicing.operations.account.update_account`'s."""


def change_series(
    uow: UnitOfWork,
    own: OwnAccount,
    series: SeriesSettings,
    values: Mapping[str, Any],
    fields: Mapping[str, str] = OWN_FIELDS,
) -> OwnAccount:
    """Return the account with a new or changed series; the caller saves it, and this its counter.

    ``values`` are fields of `SeriesSettings`, and ``next``. `ValidationFailed` ``PATTERN_INVALID``,
    ``PATTERN_COLLIDES``, ``DEFAULT_REQUIRED`` for a default that would have no successor, and ``NEXT_INVALID`` for a
    value below numbers that the series has assigned, or whose number is already in use.
    """
    before = own.account.find_series(series.id)
    after = replace(series, **{name: value for name, value in values.items() if name != "next"})
    if before is None or (before.pattern, before.reset) != (after.pattern, after.reset):
        check_pattern(after.pattern, after.reset, fields["pattern"])
        require_distinct(own.account.number_series, after, fields["pattern"])
    if before and before.default and not after.default:
        message = "default cannot be removed; set it to true on the series that takes its place."
        raise ValidationFailed(Detail("default", message, "DEFAULT_REQUIRED", value=False))
    own = replace(own, account=replace(own.account, number_series=with_series(own.account.number_series, after)))
    counter = own.series.get(after.id) or NumberSeries(account=uow.account, id=after.id)
    changed = _with_next(uow, own, counter, values["next"], fields["next"]) if "next" in values else counter
    if after.default and not (before and before.default):
        changed = replace(changed, used=True)
    if changed != counter:
        changed = replace(changed, version=counter.version + 1)
        uow.changes.save(changed)
    return replace(own, series={**own.series, after.id: changed})


def _with_next(uow: UnitOfWork, own: OwnAccount, counter: NumberSeries, value: int, field: str) -> NumberSeries:
    """Return the counter with this next value for the day; the same when it is the next already."""
    rule = own.account.number_rule(counter.id)
    period = rule.period_of(own.on)
    least = counter.next_value(period)
    if value == least:
        return counter
    if value < least:
        raise _wrong(field, f"must be at least {least}; lower numbers are used.", value)
    number = rule.write(value, own.on)
    if uow.find(NumberReservation, number) is not None:
        raise _wrong(field, f"would assign {number}, which is already in use.", value)
    return go_on_from(counter, period, value)


def _wrong(field: str, message: str, value: int) -> ValidationFailed:
    return ValidationFailed(Detail(field, f"{field} {message}", "NEXT_INVALID", value))
