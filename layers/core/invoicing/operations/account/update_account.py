"""Change an account and its numbering."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.late_fees.late_fee import switched
from invoicing.domain.locales import locale_warnings
from invoicing.domain.merging import merged
from invoicing.domain.money.payable import cash_step, wrong_cash
from invoicing.domain.numbering.settings import DocumentType
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.time_zone_change import TIME_ZONE_CHANGE, TimeZoneChange
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.operations.account.get_account import OwnAccount, get_account
from invoicing.operations.numbering.change_series import change_series
from invoicing.operations.reminders._reminder_change import begin_reminder_change
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from invoicing.operations.account._logo import LogoMaker

_FIELDS: Mapping[DocumentType, Mapping[str, str]] = {
    "invoice": {"pattern": "numbering.pattern", "next": "numbering.next"},
    "credit_note": {"pattern": "numbering.credit_note_pattern", "next": "numbering.credit_note_next"},
}
"""The fields of an account that change its default series."""


def update_account(
    uow: UnitOfWork,
    values: Mapping[str, Any],
    *,
    numbering: Mapping[DocumentType, Mapping[str, Any]] | None = None,
    page_url: str = "",
    if_version: int | None = None,
    logos: "LogoMaker | None" = None,
) -> OwnAccount:
    """Change fields of the account, a `Merge` a nested object, and, with ``numbering``, its default series.

    Issued invoices keep their copy; with a new time zone, weekend or late fee, what waits for them is moved
    (`TimeZoneChange`, `ScheduleChange` and the like), and with a new time zone or ``notifications`` the notice that
    waits, for one or two more requests each; ``page_url`` is for the invoices of automatic late fees. A ``logo`` is the
    id of a file, of which ``logos`` makes it.
    `PreconditionFailed`; `ValidationFailed` as `change_series` and `logo_from_file`.
    """
    own = get_account(uow)
    require_version(own.account, if_version)
    if logos is not None and values.get("logo") is not None:
        from invoicing.operations.account._logo import with_logo  # noqa: PLC0415

        values = with_logo(uow, values, own.account.logo, logos)
    account = own.account.changed(merged(own.account, values))
    account = replace(account, late_fee=switched(own.account.late_fee, account.late_fee, uow.now, page_url))
    if account.rounding != own.account.rounding and cash_step(account.rounding.cash, account.currency) is None:
        raise wrong_cash(account.rounding.cash, account.currency)
    after = replace(own, account=account)
    for document_type, given in (numbering or {}).items():
        series = after.account.default_series(document_type)
        after = change_series(uow, after, series, given, _FIELDS[document_type])
    if after == own:
        return own
    account = replace(after.account, version=own.account.version + 1)
    uow.changes.save(account)
    uow.warnings.extend(locale_warnings(account.locale if "locale" in values else None))
    _move_what_waits(uow, own.account, account)
    _begin_walks(uow, own.account, account)
    return replace(after, account=account)


def _begin_walks(uow: UnitOfWork, before: Account, account: Account) -> None:
    """Let what there is already follow another late fee, or other keys of metadata."""
    if account.late_fee != before.late_fee:
        from invoicing.operations.account._late_fee_change import begin_late_fee_change  # noqa: PLC0415

        begin_late_fee_change(uow)
    if account.searchable_metadata != before.searchable_metadata:
        from invoicing.operations.account._metadata_change import begin_metadata_change  # noqa: PLC0415

        begin_metadata_change(uow, before, account)


def _move_what_waits(uow: UnitOfWork, before: Account, account: Account) -> None:
    """Let what waits for a time of day follow the account's new time zone, weekend and notifications."""
    if (account.time_zone, account.weekend) != (before.time_zone, before.weekend):
        _begin_time_zone_change(uow)
    if (account.time_zone, account.notifications) != (before.time_zone, before.notifications):
        from invoicing.operations.notices._gathering import reschedule_notice  # noqa: PLC0415

        reschedule_notice(uow, account)


def _begin_time_zone_change(uow: UnitOfWork) -> None:
    """Let what the account waits for be moved to the new time zone; a change that is under way starts over."""
    before = uow.find(TimeZoneChange, TIME_ZONE_CHANGE)
    version = before.version + 1 if before else 1
    uow.changes.save(TimeZoneChange(account=uow.account, version=version, due_at=uow.real_now))
    from invoicing.operations.recurring._schedule_change import begin_schedule_change  # noqa: PLC0415

    begin_schedule_change(uow)
    if uow.find(AccountReminders, REMINDERS):
        begin_reminder_change(uow)
