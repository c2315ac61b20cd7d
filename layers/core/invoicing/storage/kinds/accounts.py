"""The profile of an account in one mode."""

from datetime import time
from typing import Any

from invoicing.domain.numbering.settings import SeriesSettings
from invoicing.domain.parties.account import WEEKEND, Account
from invoicing.domain.parties.notifications import Notifications
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.party_codec import late_fee_from, seller_parts
from invoicing.storage.dynamodb.payable_codec import rounding_from
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def account_from(values: dict[str, Any]) -> Account:
    """Read the account of an unpacked item."""
    times = item_codec.instants(values, "created_at") | item_codec.dates(values, "books_locked_until")
    series = tuple(SeriesSettings(**each) for each in values["number_series"])
    rounding = rounding_from(values["rounding"])
    own = {
        "number_series": series,
        "rounding": rounding,
        "late_fee": late_fee_from(values.get("late_fee")),
        "weekend": tuple(values.get("weekend", WEEKEND)),
        "bcc": tuple(values.get("bcc", ())),
        "notifications": _notifications(values.get("notifications")),
    }
    return Account(**seller_parts(values) | times | own)


def _notifications(values: dict[str, Any] | None) -> Notifications:
    return Notifications(**values | {"send_at": time.fromisoformat(values["send_at"])}) if values else Notifications()


@stores(Account)
class AccountRecord(DocumentRecord):
    """An account."""

    read = account_from

    class Meta:
        table_name = TableName("accounts")

    @staticmethod
    def key(account: str, _: str, /) -> tuple[str, str]:
        return account, "profile"
