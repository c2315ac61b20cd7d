"""Suppressions, beside the deliveries that they follow from, and the index of their list."""

from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.calendar import instant_text
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.index import Index, Texts
from invoicing.storage.dynamodb.record import DocumentRecord, Listing
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

PREFIX = "suppression#"
"""Begins the sort keys of suppressions, among deliveries."""


def suppression_from(values: dict[str, Any]) -> Suppression:
    """Read the suppression of an unpacked item."""
    return Suppression(**values | item_codec.instants(values, "created_at"))


def suppression_texts(suppression: Suppression) -> Texts:
    """Return the fields of a suppression that lists filter or sort by."""
    return {
        "id": suppression.id,
        "address": suppression.id,
        "reason": suppression.reason,
        CREATED: instant_text(suppression.created_at),
    }


def _key(account: str, identifier: str, /) -> tuple[str, str]:
    return account, f"{PREFIX}{identifier}"


SUPPRESSION_LISTING = Listing(
    indexes=(Index(name="by_suppressed", partition="pk", range="suppressed", field=CREATED, id_prefix=PREFIX),),
    texts=suppression_texts,
    key=_key,
)


@stores(Suppression)
class SuppressionRecord(DocumentRecord):
    """A suppression; it stays until a client deletes it."""

    read = suppression_from
    listing = SUPPRESSION_LISTING
    indexed = staticmethod(SUPPRESSION_LISTING.index_values)
    key = staticmethod(_key)

    class Meta:
        table_name = TableName("deliveries")

    suppressed = UnicodeAttribute(null=True)
