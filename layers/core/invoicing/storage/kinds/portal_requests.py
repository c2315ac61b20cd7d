"""Portal links that the pages of invoices ordered."""

from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import NumberAttribute

from invoicing.domain.portal.portal_link import REQUESTS_WITHIN, PortalRequests
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

_KEPT = REQUESTS_WITHIN + timedelta(days=1)


def portal_requests_from(values: dict[str, Any]) -> PortalRequests:
    """Read the requests of an unpacked item."""
    return PortalRequests(**values | {"at": tuple(map(datetime.fromisoformat, values["at"]))})


@stores(PortalRequests)
class PortalRequestsRecord(DocumentRecord):
    """The requests of one invoice's page; they expire."""

    read = portal_requests_from

    class Meta:
        table_name = TableName("deliveries")

    expires_at = NumberAttribute(null=True)

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"portal_requests#{identifier}"

    @classmethod
    def values(cls, entity: PortalRequests) -> dict[str, Any]:
        return super().values(entity) | {"expires_at": int((entity.at[-1] + _KEPT).timestamp()) if entity.at else None}
