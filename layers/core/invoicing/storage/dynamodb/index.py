"""The indexes that lists are read from, and how a filter becomes a range of their keys.

The range key of an index is the field's text, then the time of creation and the id, so that it is unique and things
alike in the field are in order of creation. See docs/lists.md for what each index serves and costs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from invoicing.operations.lists.sort_texts import CREATED

SEPARATOR = "\x1f"
"""Between the parts of a range key: sorts before everything that is printed, so that AB comes before AB 2."""

Texts = dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index of a table, or with ``name`` None the table itself.

    ``within`` is the field whose one value a partition is of, besides the account; ``field`` is what it sorts by.
    ``prefix`` begins all its range keys; ``unique`` ones are the prefix and the field alone. ``id_attribute`` has the
    id of the entity, and only items that have it are entries. ``sparse``: entities without the field are not in it.

    ``within_rank`` and ``field_rank`` guess how many entities have one value in common: the lower, the fewer.
    """

    name: str | None
    partition: str
    within: str | None = None
    range: str
    field: str
    prefix: str = ""
    unique: bool = False
    id_attribute: str = "sk"
    sparse: bool = False
    within_rank: int = 6
    field_rank: int = 2

    @property
    def lowest(self) -> str:
        """Sorts before all its range keys; DynamoDB takes no empty text."""
        return self.prefix or "\0"

    def begin(self, value: str) -> str:
        """The lowest key of things whose field has this text, or begins with it."""
        return self.prefix + value

    def texts(self, key: str, sk: str) -> Texts:
        """What a range key says of a thing."""
        if self.unique:
            return {self.field: key.removeprefix(self.prefix)}
        *component, created, _ = key.split(SEPARATOR)
        return {CREATED: created, self.field: SEPARATOR.join(component) if component else created, "id": sk}


def partition_key(account: str, value: str) -> str:
    """The partition of what has one value in common; neither part has a space in it."""
    return f"{account} {value}"


def index_values(account: str, texts: Texts, indexes: Iterable[Index]) -> dict[str, Any]:
    """The attributes that put an entity with these texts into its indexes; a sparse one only with a text of its own."""
    values: dict[str, Any] = {}
    creation = f"{texts[CREATED]}{SEPARATOR}{texts['id']}"
    for index in indexes:
        text = texts[index.field]
        if index.unique or text is None:
            continue
        if index.within:
            values[index.partition] = partition_key(account, str(texts[index.within]))
        values[index.range] = creation if index.field == CREATED else f"{text}{SEPARATOR}{creation}"
    return values
