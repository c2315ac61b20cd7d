"""Change a customer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from invoicing.domain.drawing_warnings import warnings_of_customer
from invoicing.domain.erasure.customer import require_not_erased
from invoicing.domain.events.customers import CUSTOMER_UPDATED
from invoicing.domain.imports.import_mark import ImportMark
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.late_fees.late_fee import switched
from invoicing.domain.locales import locale_warnings
from invoicing.domain.merging import merged
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import changed_names
from invoicing.domain.reminders.settings import NO_OVERRIDE, ReminderOverride, changed_override, moves_steps
from invoicing.operations.customers._series import name_series
from invoicing.operations.reminders._reminder_change import begin_reminder_change
from invoicing.operations.reminders._settings import keep_own, require_override
from invoicing.operations.templates._chosen import name_template
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def update_customer(
    uow: UnitOfWork,
    customer_id: str,
    values: Mapping[str, Any],
    *,
    page_url: str = "",
    if_version: int | None = None,
    mark: ImportMark | None = None,
) -> Customer:
    """Change fields of the customer, a `Merge` a nested object; without a change nothing is written or recorded.

    Issued invoices keep their copy; drafts get the new data when they are sent. An archived customer can be changed
    too: its invoices may still be sent again. One more request each to name a number series, to name a template and to
    change the late fee, one or two to change reminders; ``page_url`` is for the invoices of automatic late fees and for
    reminders, ``mark`` that of the import that changes the customer. `NotFound` ``CUSTOMER_NOT_FOUND``;
    `PreconditionFailed`; `Conflict` ``CUSTOMER_ERASED``; `ValidationFailed` as `require_series`, `require_template` and
    `require_override`.
    """
    customer = uow.get(Customer, customer_id)
    require_version(customer, if_version)
    require_not_erased(customer, "change")
    values = merged(customer, values)
    if "reminders" in values:
        values["reminders"] = _changed_reminders(uow, customer, values["reminders"] or NO_OVERRIDE)
    if "late_fee" in values:
        values["late_fee"] = switched(customer.late_fee, values["late_fee"], uow.now, page_url)
    changed = changed_names(customer, values)
    if not changed:
        return customer
    name_series(uow, values.get("series_id"))
    name_template(uow, values.get("template_id") if "template_id" in changed else None)
    _follow(uow, customer, values, changed, page_url)
    values["import_mark"] = mark or customer.import_mark
    customer = replace(customer, **values, version=customer.version + 1, updated_at=uow.now)
    uow.changes.save(customer)
    uow.record(CUSTOMER_UPDATED, customer, changed=changed)
    uow.warnings.extend(warnings_of_customer(customer))
    if "locale" in changed:
        uow.warnings.extend(locale_warnings(customer.locale))
    return customer


def _changed_reminders(uow: UnitOfWork, customer: Customer, override: ReminderOverride) -> ReminderOverride:
    require_override(override, "reminders.schedule")
    return changed_override(customer.reminders, override, uow.now)


def _follow(
    uow: UnitOfWork, customer: Customer, values: Mapping[str, Any], changed: Sequence[str], page_url: str
) -> None:
    """Have the open invoices of the customer looked at where their steps or late fees are others now."""
    if "reminders" in changed:
        keep_own(uow, page_url)
        if moves_steps(customer.reminders, values["reminders"]):
            begin_reminder_change(uow, customer.id)
    if "late_fee" in changed:
        from invoicing.operations.account._late_fee_change import begin_late_fee_change  # noqa: PLC0415

        begin_late_fee_change(uow, customer.id)
