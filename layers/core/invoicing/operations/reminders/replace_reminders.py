"""Set how an account reminds its customers."""

from dataclasses import replace

from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.reminders.account_reminders import AccountReminders
from invoicing.domain.reminders.settings import ReminderSettings, changed_settings, moves_steps, wrong_in_settings
from invoicing.operations.reminders._reminded import own_reminders
from invoicing.operations.reminders._reminder_change import begin_reminder_change
from invoicing.operations.reminders._settings import require_right
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def replace_reminders(
    uow: UnitOfWork,
    settings: ReminderSettings,
    *,
    page_url: str,
    if_version: int | None = None,
) -> AccountReminders:
    """Replace all settings; open invoices follow in the background. One more request where steps move.

    `PreconditionFailed`; `ValidationFailed` as `wrong_in_settings`.
    """
    before = own_reminders(uow)
    require_version(before, if_version)
    require_right(wrong_in_settings(settings))
    after = changed_settings(before.settings, settings, uow.now)
    changed = replace(before, version=before.version + 1, settings=after, page_url=page_url)
    uow.changes.save(changed)
    if moves_steps(before.settings, settings):
        begin_reminder_change(uow)
    return changed
