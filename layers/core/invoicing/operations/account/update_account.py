"""Change an account and its numbering."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.merging import merged
from invoicing.domain.money.payable import cash_step, wrong_cash
from invoicing.domain.numbering.series import NumberReservation, SeriesId, check_pattern, go_on_from
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.details import changed_names
from invoicing.operations.account._own_account import CREDIT_NOTES, SERIES
from invoicing.operations.account.get_account import OwnAccount, get_account
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_NEXT: Mapping[SeriesId, str] = {SERIES: "numbering.next", CREDIT_NOTES: "numbering.credit_note_next"}
"""The fields that set the next value of each series."""


def update_account(
    uow: UnitOfWork,
    values: Mapping[str, Any],
    *,
    next_values: Mapping[SeriesId, int] | None = None,
    if_version: int | None = None,
) -> OwnAccount:
    """Change fields of the account, a `Merge` a nested object, and, with ``next_values``, the next of its series.

    Issued invoices keep their copy. `PreconditionFailed`; `ValidationFailed` ``PATTERN_INVALID``, and ``NEXT_INVALID``
    when a next value is below numbers that the series has assigned, or its number is already in use.
    """
    own = get_account(uow)
    require_version(own.account, if_version)
    values = merged(own.account, values)
    changed = changed_names(own.account, values)
    account = replace(own.account, **values, version=own.account.version + 1)
    _check_patterns(account, set(changed))
    if "rounding" in changed and cash_step(account.rounding.cash, account.currency) is None:
        raise wrong_cash(account.rounding.cash, account.currency)
    after = replace(own, account=account)
    for series, value in (next_values or {}).items():
        after = _go_on_from(uow, after, series, value)
    if not changed and after.series == own.series:
        return own
    uow.changes.save(account)
    return after


def _check_patterns(account: Account, changed: set[str]) -> None:
    if {"number_pattern", "number_reset"} & changed:
        check_pattern(account.number_pattern, account.number_reset)
    if {"number_credit_note_pattern", "number_reset"} & changed:
        check_pattern(account.number_credit_note_pattern, account.number_reset, "numbering.credit_note_pattern")


def _go_on_from(uow: UnitOfWork, own: OwnAccount, series_id: SeriesId, value: int) -> OwnAccount:
    """Return the account with this next value of a series; the same when it is the next already."""
    field, least = _NEXT[series_id], own.next_value(series_id)
    if value == least:
        return own
    if value < least:
        raise _wrong(field, f"must be at least {least}; lower numbers are used.", value)
    rule, series = own.account.number_rule(series_id), own.series[series_id]
    number = rule.write(value, own.on)
    if uow.find(NumberReservation, number) is not None:
        raise _wrong(field, f"would assign {number}, which is already in use.", value)
    series = replace(go_on_from(series, rule.period_of(own.on), value), version=series.version + 1)
    uow.changes.save(series)
    return replace(own, series={**own.series, series_id: series})


def _wrong(field: str, message: str, value: int) -> ValidationFailed:
    return ValidationFailed(Detail(field, f"{field} {message}", "NEXT_INVALID", value))
