"""Change an account and its numbering."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from invoicing.domain.calendar import today
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.merging import merged
from invoicing.domain.numbering.series import NumberReservation, check_pattern, go_on_from, write_number
from invoicing.domain.parties.details import changed_names
from invoicing.operations.account.get_account import OwnAccount, get_account, own_account
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def update_account(
    uow: UnitOfWork, values: Mapping[str, Any], *, next_value: int | None = None, if_version: int | None = None
) -> OwnAccount:
    """Change fields of the account, a `Merge` a nested object, and, with ``next_value``, the next invoice number.

    Issued invoices keep their copy. `PreconditionFailed`; `ValidationFailed` ``PATTERN_INVALID``, and ``NEXT_INVALID``
    when ``next_value`` is below numbers that the series has assigned, or its number is already in use.
    """
    own = get_account(uow)
    require_version(own.account, if_version)
    values = merged(own.account, values)
    changed = changed_names(own.account, values)
    account = replace(own.account, **values, version=own.account.version + 1)
    if {"number_pattern", "number_reset"} & set(changed):
        check_pattern(account.number_pattern, account.number_reset)
    if {"number_credit_note_pattern", "number_reset"} & set(changed):
        field = "numbering.credit_note_pattern"
        check_pattern(account.number_credit_note_pattern, account.number_reset, field)
    changed_account = own_account(uow, account, own.series)
    if next_value is not None and next_value != changed_account.next_value:
        changed_account = _go_on_from(uow, changed_account, next_value)
    elif not changed:
        return own
    uow.changes.save(account)
    return changed_account


def _go_on_from(uow: UnitOfWork, own: OwnAccount, value: int) -> OwnAccount:
    if value < own.next_value:
        raise _wrong(f"numbering.next must be at least {own.next_value}; lower numbers are used.", value)
    number = write_number(own.account.number_pattern, value, today(uow.now, own.account.time_zone))
    if uow.find(NumberReservation, number) is not None:
        raise _wrong(f"numbering.next would assign {number}, which is already in use.", value)
    series = replace(go_on_from(own.series, own.period, value), version=own.series.version + 1)
    uow.changes.save(series)
    return replace(own, series=series)


def _wrong(message: str, value: int) -> ValidationFailed:
    return ValidationFailed(Detail("numbering.next", message, "NEXT_INVALID", value))
