"""The reminders of an account, beside it."""

from dataclasses import field

from invoicing.dataclass import dataclass
from invoicing.domain.reminders.settings import ReminderSettings

REMINDERS = "reminders"
"""The id of an account's reminders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReminders:
    """An account's ``settings``; it is there since anything was first said about reminders, by whomever of the account.

    ``page_url`` is the address of hosted pages, as the request had it that last wrote here.
    """

    account: str
    id: str = REMINDERS
    version: int = 0
    settings: ReminderSettings = field(default_factory=ReminderSettings)
    page_url: str
