"""Links of the portal, in the index of their customer's."""

from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from invoicing.domain.calendar import instant_text
from invoicing.domain.portal.portal_link import PortalLink
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.index import Index, Texts
from invoicing.storage.dynamodb.record import DocumentRecord, Listing
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def portal_link_from(values: dict[str, Any]) -> PortalLink:
    """Read the link of an unpacked item."""
    instants = item_codec.instants(values, "expires_at", "created_at", "revoked_at")
    return PortalLink(**values | instants | {"delivery_ids": tuple(values["delivery_ids"])})


def portal_link_texts(link: PortalLink) -> Texts:
    """Return the fields of a link that lists filter or sort by."""
    return {"id": link.id, "customer_id": link.customer_id, CREATED: instant_text(link.created_at)}


PORTAL_LINK_LISTING = Listing(
    indexes=(
        Index(
            name="by_customer",
            partition="customer",
            within="customer_id",
            range="linked",
            field=CREATED,
            within_rank=1,
        ),
    ),
    texts=portal_link_texts,
)


@stores(PortalLink)
class PortalLinkRecord(DocumentRecord):
    """A link beside the deliveries that carry it; once revoked it is in no list. It expires."""

    read = portal_link_from
    listing = PORTAL_LINK_LISTING
    indexed = staticmethod(lambda link: {} if link.revoked_at else PORTAL_LINK_LISTING.index_values(link))

    class Meta:
        table_name = TableName("deliveries")

    customer, linked = (UnicodeAttribute(null=True) for _ in range(2))
    expires_at = NumberAttribute()

    @classmethod
    def values(cls, entity: PortalLink) -> dict[str, Any]:
        return super().values(entity) | {"expires_at": int(entity.expires_at.timestamp())}
