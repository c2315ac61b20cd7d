"""What replacing settings and overrides of reminders has in common."""

from collections.abc import Sequence
from dataclasses import replace

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.domain.reminders.settings import ReminderOverride, wrong_in_schedule
from invoicing.operations.reminders._reminded import own_reminders
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def require_right(wrong: Sequence[Detail]) -> None:
    """Raise `ValidationFailed` if something is wrong."""
    if wrong:
        raise ValidationFailed(*wrong)


def require_override(override: ReminderOverride, field: str = "schedule") -> None:
    """Raise `ValidationFailed` for an impossible schedule; ``field`` is its path."""
    require_right(wrong_in_schedule(override.schedule or (), field))


def keep_own(uow: UnitOfWork, page_url: str) -> None:
    """Let the account have reminders, switched off as it never said anything: others have said something about theirs.

    One request, unless they were read before.
    """
    if uow.find(AccountReminders, REMINDERS) is None:
        own = own_reminders(uow)
        uow.changes.save(replace(own, version=1, page_url=page_url))
