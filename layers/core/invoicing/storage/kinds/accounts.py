"""The profile of an account in one mode."""

from dataclasses import fields
from datetime import time
from typing import Any

from invoicing.domain.numbering.settings import SeriesSettings
from invoicing.domain.parties.account import WEEKEND, Account
from invoicing.domain.parties.logo import Logo
from invoicing.domain.parties.notifications import Notifications
from invoicing.domain.templates.template import TemplateRef
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.party_codec import account_parts, late_fee_from
from invoicing.storage.dynamodb.payable_codec import rounding_from
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def account_from(values: dict[str, Any]) -> Account:
    """Read the account of an unpacked item."""
    if first := values.pop("bank_account", None):  # of accounts that had only one
        values["bank_accounts"] = [first]
    times = item_codec.instants(values, "created_at") | item_codec.dates(values, "books_locked_until")
    own = {
        "number_series": tuple(SeriesSettings(**each) for each in values["number_series"]),
        "rounding": rounding_from(values["rounding"]),
        "late_fee": late_fee_from(values.get("late_fee")),
        "weekend": tuple(values.get("weekend", WEEKEND)),
        "bcc": tuple(values.get("bcc", ())),
        "notifications": _notifications(values.get("notifications")),
        "searchable_metadata": tuple(values.get("searchable_metadata", ())),
        "templates": tuple(TemplateRef(**each) for each in values.get("templates", ())),
        "template_logos": {each: Logo(**logo) for each, logo in values.get("template_logos", {}).items()},
    }
    return Account(**account_parts(values) | times | own)


def account_values(account: Account) -> dict[str, Any]:
    """Return what is packed; most accounts have no logos of templates."""
    values = {each.name: getattr(account, each.name) for each in fields(account)}
    if not account.template_logos:
        del values["template_logos"]
    return values


def _notifications(values: dict[str, Any] | None) -> Notifications:
    return Notifications(**values | {"send_at": time.fromisoformat(values["send_at"])}) if values else Notifications()


@stores(Account)
class AccountRecord(DocumentRecord):
    """An account."""

    read = account_from
    write = account_values

    class Meta:
        table_name = TableName("accounts")

    @staticmethod
    def key(account: str, _: str, /) -> tuple[str, str]:
        return account, "profile"
