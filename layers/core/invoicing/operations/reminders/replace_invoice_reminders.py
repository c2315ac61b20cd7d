"""Give an invoice reminders of its own."""

from dataclasses import replace

from invoicing.domain.reminders.settings import ReminderOverride, changed_override
from invoicing.operations.reminders._following import wait
from invoicing.operations.reminders._reminded import Reminded, read_reminded
from invoicing.operations.reminders._settings import keep_own, require_override
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def replace_invoice_reminders(
    uow: UnitOfWork, invoice_id: str, override: ReminderOverride, *, page_url: str
) -> Reminded:
    """Replace what the invoice has instead of the settings of customer and account; a draft keeps it for its issue.

    `NotFound` ``INVOICE_NOT_FOUND``; `ValidationFailed` as `require_override`.
    """
    require_override(override)
    reminded = read_reminded(uow, invoice_id)
    before = reminded.reminders
    changed = replace(before, override=changed_override(before.override, override, uow.now))
    keep_own(uow, page_url)
    reminded = replace(reminded, reminders=changed)
    if reminded.invoice.sent_at is None:
        after = replace(changed, version=changed.version + 1)
        uow.changes.save(after)
    else:
        after = wait(uow, reminded)
    return replace(reminded, reminders=after)
