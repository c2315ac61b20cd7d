"""The usable API keys of accounts."""

from typing import Any

from invoicing.domain.access.key_roster import KeyRoster, UsableKey
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def key_roster_from(values: dict[str, Any]) -> KeyRoster:
    """The roster of an unpacked document."""
    keys = (UsableKey(**key | item_codec.instants(key, "expires_at")) for key in values["keys"])
    return KeyRoster(**values | {"keys": tuple(keys)})


@stores(KeyRoster)
class KeyRosterRecord(DocumentRecord):
    """The roster of an account in one mode."""

    read = key_roster_from

    class Meta:
        table_name = TableName("accounts")

    @staticmethod
    def key(account: str, _: str, /) -> tuple[str, str]:
        return account, "api_keys"
