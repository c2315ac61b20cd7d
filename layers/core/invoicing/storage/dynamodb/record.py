"""What items have in common: keys, a version, and often a document; and how their kind is declared."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.index import Index, Texts, index_values


@dataclass(frozen=True, slots=True)
class Listing:
    """What it takes to list a kind: its indexes, and the fields of an entity that lists filter or sort by, as texts.

    ``key`` makes the key of an item, ``pk`` and where the table has one ``sk``, of the account and the entity's id.
    ``counter`` begins the ids of its list counters (`invoicing.domain.lists.list_counter.counter_id`), and
    ``counted_by`` are the fields that have one for each value; None among them: all entities have one.
    """

    indexes: tuple[Index, ...]
    texts: Callable[[Any], Texts]
    key: Callable[[str, str], tuple[str, ...]] = lambda account, identifier: (account, identifier)
    counter: str = ""
    counted_by: frozenset[str | None] = frozenset()

    def index_values(self, entity: Any) -> dict[str, Any]:
        """The attributes that put an entity into its indexes."""
        return index_values(entity.account, self.texts(entity), self.indexes)


class Record(Model):
    """An item; its next change is conditional on ``version``."""

    listing: ClassVar[Listing]

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    version = NumberAttribute()

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        """``pk`` and ``sk`` of an entity."""
        return account, identifier

    @classmethod
    def of(cls, entity: Any) -> Self:
        """The item that an entity is stored as."""
        raise NotImplementedError

    @classmethod
    def entity_of(cls, item: dict[str, Any]) -> Any:
        """The entity that is stored in an item, as DynamoDB writes it."""
        return cls.from_raw_data(item).entity()

    def entity(self) -> Any:
        """The entity that is stored."""
        raise NotImplementedError


class DocumentRecord(Record):
    """An item whose entity is one document."""

    read: ClassVar[Callable[[dict[str, Any]], Any]]
    write: ClassVar[Callable[[Any], Any]] = staticmethod(lambda entity: entity)
    indexed: ClassVar[Any] = staticmethod(lambda _: {})
    room: ClassVar[Callable[[Any], int]] = staticmethod(lambda _: item_codec.MAX_BYTES)
    document = BinaryAttribute(legacy_encoding=False)

    @classmethod
    def of(cls, entity: Any) -> Self:
        document = item_codec.pack(cls.write(entity), cls.room(entity))
        key = cls.key(entity.account, entity.id)
        return cls(*key, version=entity.version, document=document, **cls.indexed(entity))

    @classmethod
    def entity_of(cls, item: dict[str, Any]) -> Any:
        # All of it is in the document: the other attributes need not be read.
        return cls.read(item_codec.unpack(item["document"]["B"]))


class ResourceRecord(DocumentRecord):
    """A document that events are recorded of: ``sequence`` counts them, in the transaction that records each."""

    sequence = NumberAttribute()

    @classmethod
    def of(cls, entity: Any) -> Self:
        record = super().of(entity)
        record.sequence = entity.sequence
        return record
