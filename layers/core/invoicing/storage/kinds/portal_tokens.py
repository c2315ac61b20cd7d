"""Tokens of portal links; found before the account is known, so under their hash alone."""

from typing import Any

from pynamodb.attributes import NumberAttribute

from invoicing.domain.portal.portal_link import PortalToken
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def portal_token_from(values: dict[str, Any]) -> PortalToken:
    """Read the token of an unpacked item."""
    return PortalToken(**values | item_codec.instants(values, "expires_at"))


@stores(PortalToken)
class PortalTokenRecord(DocumentRecord):
    """A token; it expires with its link."""

    read = portal_token_from

    class Meta:
        table_name = TableName("deliveries")

    expires_at = NumberAttribute()

    @staticmethod
    def key(_: str, identifier: str, /) -> tuple[str, str]:
        return f"portal#{identifier}", "token"

    @classmethod
    def values(cls, entity: PortalToken) -> dict[str, Any]:
        return super().values(entity) | {"expires_at": int(entity.expires_at.timestamp())}
