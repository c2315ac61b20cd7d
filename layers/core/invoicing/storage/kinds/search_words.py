"""The words of each entity that can be searched for, in the table of their rows."""

from datetime import datetime
from typing import Any

import orjson
from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.lists.search_rows import SearchWords
from invoicing.storage.dynamodb.record import Record
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

PREFIX = "words#"
"""Begins the key; rows begin with a kind, which is capitalized."""


@stores(SearchWords)
class SearchWordsRecord(Record):
    """The words under which an entity is found."""

    class Meta:
        table_name = TableName("search")

    created_at, words = (UnicodeAttribute() for _ in range(2))
    tags = UnicodeAttribute(null=True)

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"{PREFIX}{identifier}"

    @classmethod
    def values(cls, entity: SearchWords) -> dict[str, Any]:
        pk, sk = cls.key(entity.account, entity.id)
        words = orjson.dumps(entity.words).decode()
        created = entity.created_at.isoformat()
        tags = {"tags": orjson.dumps(entity.tags).decode()} if entity.tags else {}
        return {"pk": pk, "sk": sk, "version": entity.version, "created_at": created, "words": words} | tags

    def entity(self) -> SearchWords:
        return SearchWords(
            account=self.pk,
            id=self.sk.removeprefix(PREFIX),
            version=int(self.version),
            created_at=datetime.fromisoformat(self.created_at),
            words=tuple(orjson.loads(self.words)),
            tags=tuple(orjson.loads(self.tags)) if self.tags else (),
        )
