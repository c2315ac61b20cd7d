"""Notes of ledger entries that the running totals contain; in their table."""

from typing import Any

from invoicing.domain.reports.totals import PostedEntry
from invoicing.storage.dynamodb.record import Record
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

PREFIX = "posted#"


@stores(PostedEntry)
class PostedEntryRecord(Record):
    """The note of one entry, which has nothing but its key."""

    class Meta:
        table_name = TableName("totals")

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"{PREFIX}{identifier}"

    @classmethod
    def values(cls, entity: PostedEntry) -> dict[str, Any]:
        pk, sk = cls.key(entity.account, entity.id)
        return {"pk": pk, "sk": sk, "version": entity.version}

    def entity(self) -> PostedEntry:
        return PostedEntry(account=self.pk, id=self.sk.removeprefix(PREFIX), version=int(self.version))
