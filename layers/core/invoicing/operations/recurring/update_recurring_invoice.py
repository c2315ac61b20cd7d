"""Change a recurring invoice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.events.recurring_invoices import RECURRING_INVOICE_UPDATED
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.changing import CONTENT, change, changed_fields
from invoicing.domain.recurring.creating import catch_up_warning
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.numbering.chosen_series import keep_series, require_series
from invoicing.operations.recurring._drafts import require_drafts
from invoicing.operations.recurring._moves import read_schedule, save_moved
from invoicing.operations.templates._chosen import require_template
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def update_recurring_invoice(
    uow: UnitOfWork,
    recurring_id: str,
    changes: Mapping[str, Any],
    *,
    effective_from: date | None = None,
    if_version: int | None = None,
) -> RecurringInvoice:
    """Change the schedule; ``changes`` are fields as for `change`, None removes a value, a `Merge` a nested one.

    `NotFound`; `Conflict` as `change`; `PreconditionFailed`; `ValidationFailed` as `start_schedule`, and for an
    ``effective_from`` with anything but content. Without a change nothing is written.
    """
    schedule, account = read_schedule(uow, recurring_id, if_version)
    if effective_from and (others := sorted(changes.keys() - CONTENT)):
        message = (
            "effective_from is for what invoices have in them, such as items; "
            f"send {', '.join(others)} in a request without it."
        )
        raise ValidationFailed(Detail("effective_from", message, "VALUE_INVALID", effective_from.isoformat()))
    require_series(account, changes.get("series_id"))
    require_template(account, changes.get("template_id"))
    after, passed = change(schedule, changes, account, uow.now, effective_from=effective_from)
    if after == schedule:
        return schedule
    require_drafts(uow, after, account, uow.get(Customer, schedule.customer_id))
    if "start_date" in changes and (warning := catch_up_warning(after, account, uow.now)):
        uow.warnings.append(warning)
    keep_series(uow, account, changes.get("series_id"))
    return save_moved(uow, (after, passed), RECURRING_INVOICE_UPDATED, changed=changed_fields(schedule, after))
