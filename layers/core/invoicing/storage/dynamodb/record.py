"""Base classes of records: keys, version and packed entity, and the listing of a kind."""

from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from invoicing.dataclass import dataclass
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.index import Index, Texts, index_values

type Item = dict[str, dict[str, Any]]
"""An item as DynamoDB has it: each attribute's value under its type."""


def item_of(record: type[Model], **values: Any) -> Item:
    """Write the attributes of an item as the record declares them, leaving out those that are None.

    `KeyError` for an attribute that is not declared, `ValueError` without one that is needed. PynamoDB makes an object
    first, and asks for each attribute of it several times.
    """
    attributes = record.get_attributes()
    item = {}
    for name, value in values.items():
        if value is not None:
            attribute = attributes[name]
            # Numbers are integers, and their JSON costs more than their text.
            item[name] = {attribute.attr_type: str(value) if type(value) is int else attribute.serialize(value)}
    if missing := needed(record) - item.keys():
        raise ValueError(f"{record.__name__} needs {sorted(missing)}")
    return item


@cache
def needed(record: type[Model]) -> frozenset[str]:
    """Return the names of the attributes that every item of a record has."""
    return frozenset(name for name, attribute in record.get_attributes().items() if not attribute.null)


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
    def of(cls, entity: Any) -> Item:
        """Write the item of an entity."""
        return item_of(cls, **cls.values(entity))

    @classmethod
    def values(cls, entity: Any) -> dict[str, Any]:
        """Return the attributes of an entity's item."""
        raise NotImplementedError

    @classmethod
    def due_values(cls, entity: Any, *, has_clock: bool) -> dict[str, str]:  # noqa: ARG003
        """Return the attributes that enter an entity into the index of due work, none where it waits for nothing.

        ``has_clock`` says whether its account has a test clock.
        """
        return {}

    @classmethod
    def entity_of(cls, item: Item) -> Any:
        """Read the entity of an item."""
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
    def values(cls, entity: Any) -> dict[str, Any]:
        pk, sk = cls.key(entity.account, entity.id)
        return {"pk": pk, "sk": sk, "version": entity.version, **cls.packed(entity), **cls.indexed(entity)}

    @classmethod
    def packed(cls, entity: Any) -> dict[str, bytes]:
        """Pack the entity."""
        return {"document": item_codec.pack(cls.write(entity), cls.room(entity))}

    @classmethod
    def entity_of(cls, item: Item) -> Any:
        # The packed entity has everything: the other attributes need not be read.
        return cls.read(item_codec.unpack(item["document"]["B"]))


class ResourceRecord(DocumentRecord):
    """An item with events: ``sequence`` counts them, in the transaction that records each."""

    sequence = NumberAttribute()

    @classmethod
    def values(cls, entity: Any) -> dict[str, Any]:
        return super().values(entity) | {"sequence": entity.sequence}


class LinedRecord(ResourceRecord):
    """An item of a document with up to 500 lines, packed apart: a list that does not show lines does not read them.

    ``write`` makes the values to pack, ``lines`` among them; account and id are those of the key.
    """

    without_lines = "pk, sk, document"
    lines = BinaryAttribute(legacy_encoding=False)

    @classmethod
    def packed(cls, entity: Any) -> dict[str, bytes]:
        values, room = cls.write(entity), cls.room(entity)
        lines = item_codec.pack(values.pop("lines"), room)
        document = item_codec.pack(values, room - len(lines))
        return {"document": document, "lines": lines}

    @classmethod
    def entity_of(cls, item: Item) -> Any:
        """Read the entity of an item; without lines when they were not read."""
        values = item_codec.unpack(item["document"]["B"])
        lines = item_codec.unpack(item["lines"]["B"]) if "lines" in item else None
        return cls.read(values | {"account": item["pk"]["S"], "id": item["sk"]["S"], "lines": lines})
