"""Reminders of accounts."""

from typing import Any

from invoicing.domain.reminders.account_reminders import AccountReminders
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.reminder_codec import reminder_settings_from
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def account_reminders_from(values: dict[str, Any]) -> AccountReminders:
    """Read the reminders of an unpacked item."""
    return AccountReminders(**values | {"settings": reminder_settings_from(values["settings"])})


@stores(AccountReminders)
class AccountRemindersRecord(DocumentRecord):
    """The reminders of an account, beside its profile: every invoice that is issued checks the version of that one."""

    read = account_reminders_from

    class Meta:
        table_name = TableName("accounts")

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"reminders#{identifier}"
