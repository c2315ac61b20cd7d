"""Memos, and the index of their list."""

from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.calendar import instant_text
from invoicing.domain.memos.memo import Memo
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.index import Index, Texts
from invoicing.storage.dynamodb.record import Listing, ResourceRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def memo_texts(memo: Memo) -> Texts:
    """The fields of a memo that lists filter or sort by."""
    return {"id": memo.id, CREATED: instant_text(memo.created_at)}


MEMO_LISTING = Listing(
    indexes=(Index(name="by_created", partition="pk", range="created", field=CREATED),), texts=memo_texts
)


def memo_from(values: dict[str, Any]) -> Memo:
    """The memo of an unpacked document."""
    return Memo(**values | item_codec.instants(values, "created_at"))


@stores(Memo)
class MemoRecord(ResourceRecord):
    """A memo."""

    read = memo_from
    listing = MEMO_LISTING
    indexed = staticmethod(MEMO_LISTING.index_values)

    class Meta:
        table_name = TableName("memos")

    created = UnicodeAttribute(null=True)
