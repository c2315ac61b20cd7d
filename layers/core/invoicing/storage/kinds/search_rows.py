"""Rows of words, which searches read: the key says it all."""

from typing import Any

from invoicing.domain.lists.search_rows import SearchRow
from invoicing.storage.dynamodb.record import Record
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


@stores(SearchRow)
class SearchRowRecord(Record):
    """One word of an entity."""

    class Meta:
        table_name = TableName("search")

    @classmethod
    def values(cls, entity: SearchRow) -> dict[str, Any]:
        return {"pk": entity.account, "sk": entity.id, "version": entity.version}

    def entity(self) -> SearchRow:
        return SearchRow(account=self.pk, id=self.sk, version=int(self.version))
