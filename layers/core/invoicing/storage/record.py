"""What items have in common: keys, a version, and often a document."""

from collections.abc import Callable
from typing import Any, ClassVar, Self

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from invoicing.storage import documents


class Record(Model):
    """An item; its next change is conditional on ``version``."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    version = NumberAttribute()

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        """``pk`` and ``sk`` of a thing."""
        return account, identifier

    @classmethod
    def of(cls, entity: Any) -> Self:
        """The item that a thing is stored as."""
        raise NotImplementedError

    @classmethod
    def entity_of(cls, item: dict[str, Any]) -> Any:
        """The thing that is stored in an item, as DynamoDB writes it."""
        return cls.from_raw_data(item).entity()

    def entity(self) -> Any:
        """The thing that is stored."""
        raise NotImplementedError


class DocumentRecord(Record):
    """An item whose thing is one document."""

    read: ClassVar[Callable[[dict[str, Any]], Any]]
    write: ClassVar[Callable[[Any], Any]] = staticmethod(lambda entity: entity)
    indexed: ClassVar[Callable[[Any], dict[str, Any]]] = staticmethod(lambda _: {})
    room: ClassVar[Callable[[Any], int]] = staticmethod(lambda _: documents.MAX_BYTES)
    document = BinaryAttribute(legacy_encoding=False)

    @classmethod
    def of(cls, entity: Any) -> Self:
        document = documents.pack(cls.write(entity), cls.room(entity))
        key = cls.key(entity.account, entity.id)
        return cls(*key, version=entity.version, document=document, **cls.indexed(entity))

    @classmethod
    def entity_of(cls, item: dict[str, Any]) -> Any:
        # All of it is in the document: the other attributes need not be read.
        return cls.read(documents.unpack(item["document"]["B"]))
