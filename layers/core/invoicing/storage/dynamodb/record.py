"""Base classes of records: keys, version and packed entity, and the listing of a kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.index import Index, Texts, index_values


@dataclass(frozen=True, slots=True)
class Listing:
    """The lists of a kind: its indexes, and the fields that lists filter or sort by, as texts.

    ``key`` makes the key of an item, ``pk`` and where the table has one ``sk``, of the account and the entity's id.
    ``counter`` names the entities in list counters (`invoicing.domain.lists.list_counter.counted_as`), and
    ``counted_by`` are the fields with a count for each value; None among them counts all entities. ``entries`` are the
    indexes of customers with many entities.
    """

    indexes: tuple[Index, ...]
    texts: Callable[[Any], Texts]
    key: Callable[[str, str], tuple[str, ...]] = lambda account, identifier: (account, identifier)
    counter: str = ""
    counted_by: frozenset[str | None] = frozenset()
    entries: tuple[Index, ...] = ()

    def index_values(self, entity: Any) -> dict[str, Any]:
        """Return the attributes that enter an entity into its indexes."""
        return index_values(entity.account, self.texts(entity), self.indexes)


class Record(Model):
    """An item; its next change is conditional on ``version``."""

    listing: ClassVar[Listing]
    without_lines: ClassVar[str | None] = None
    """The attributes of an entity without its lines; None where it has none."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    version = NumberAttribute()

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        """Return ``pk`` and ``sk`` of an entity."""
        return account, identifier

    @classmethod
    def of(cls, entity: Any) -> Self:
        """Make the item of an entity."""
        raise NotImplementedError

    @classmethod
    def entity_of(cls, item: dict[str, Any]) -> Any:
        """Read the entity of an item, as DynamoDB writes it."""
        return cls.from_raw_data(item).entity()

    def entity(self) -> Any:
        """Return the stored entity."""
        raise NotImplementedError


class DocumentRecord(Record):
    """An item with its entity packed into one attribute."""

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
        # The packed entity has everything: the other attributes need not be read.
        return cls.read(item_codec.unpack(item["document"]["B"]))


class ResourceRecord(DocumentRecord):
    """An item with events: ``sequence`` counts them, in the transaction that records each."""

    sequence = NumberAttribute()

    @classmethod
    def of(cls, entity: Any) -> Self:
        record = super().of(entity)
        record.sequence = entity.sequence
        return record


class LinedRecord(ResourceRecord):
    """An item of a document with up to 500 lines, packed apart: a list that does not show lines does not read them.

    ``write`` makes the values to pack, ``lines`` among them; account and id are those of the key.
    """

    without_lines = "pk, sk, document"
    lines = BinaryAttribute(legacy_encoding=False)

    @classmethod
    def of(cls, entity: Any) -> Self:
        values, room = cls.write(entity), cls.room(entity)
        lines = item_codec.pack(values.pop("lines"), room)
        document = item_codec.pack(values, room - len(lines))
        key = cls.key(entity.account, entity.id)
        record = cls(*key, version=entity.version, document=document, **cls.indexed(entity))
        record.sequence, record.lines = entity.sequence, lines
        return record

    @classmethod
    def entity_of(cls, item: dict[str, Any]) -> Any:
        """Read the entity of an item; without lines when they were not read."""
        values = item_codec.unpack(item["document"]["B"])
        lines = item_codec.unpack(item["lines"]["B"]) if "lines" in item else None
        return cls.read(values | {"account": item["pk"]["S"], "id": item["sk"]["S"], "lines": lines})
