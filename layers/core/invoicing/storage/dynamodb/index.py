"""Indexes of lists, and the ranges of their keys.

The range key of an index is the field's text, then the time of creation and the id, so that it is unique and equal
texts are in order of creation. These two are written short: an invoice has five such keys, and its item costs a write
unit more with each kilobyte. See docs/reference/lists.md for what each index serves and costs.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import instant_text
from invoicing.operations.lists.sort_texts import CREATED

SEPARATOR = "\x1f"
"""Separates the parts of a range key; sorts before every printable character, so that AB comes before AB 2."""

Texts = dict[str, str | None]

_OURS = re.compile("[a-z]+_([0-9a-f]{32})")
_SORTED = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    b"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz",
)
_EPOCH, _MILLISECOND, _DIGITS = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1), 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index of a table or, with ``name`` None, the table itself.

    A partition holds one value of the field ``within``, or of both fields that it names, besides the account; ``field``
    is the sort field. Entities without ``within`` are not in it, nor with ``only`` those with other values of it.
    ``prefix`` begins all its range keys; ``unique`` ones are the prefix and the field alone. ``id_attribute`` has the
    id of the entity, after ``id_prefix``, and only items with it are entries; they are in another ``table`` than the
    entities if it is given. ``sparse``: entities without the field are not in it. ``within_rank`` and ``field_rank``
    estimate how many entities share a value: the lower, the fewer.
    """

    name: str | None
    partition: str
    within: str | None = None
    range: str
    field: str
    prefix: str = ""
    unique: bool = False
    id_attribute: str = "sk"
    id_prefix: str = ""
    table: str | None = None
    sparse: bool = False
    only: frozenset[str] | None = None
    within_rank: int = 6
    field_rank: int = 2

    @property
    def lowest(self) -> str:
        """A key before all range keys; DynamoDB accepts no empty text."""
        return self.prefix or "\0"

    def has(self, values: Iterable[str]) -> bool:
        """Whether entities with these values of ``within`` are in the index."""
        return self.only is None or self.only.issuperset(values)

    def begin(self, value: str) -> str:
        """Return the lowest key of entities whose field has this text, or begins with it."""
        return self.prefix + value

    def texts(self, key: str, sk: str) -> Texts:
        """Read the texts of an entity from its range key."""
        if self.unique:
            return {self.field: key.removeprefix(self.prefix)}
        text, _, end = key.rpartition(SEPARATOR)
        return {CREATED: text if self.field == CREATED else _created(end), self.field: text, "id": sk}


def partition_key(account: str, *values: str) -> str:
    """Return the partition of one value of each field; no part contains a space.

    The account is written short: an invoice has four such keys.
    """
    identifier, test, rest = account.partition("#")
    return " ".join((f"{short_id(identifier)}{test}{rest}", *values))


def index_values(account: str, texts: Texts, indexes: Iterable[Index]) -> dict[str, Any]:
    """Return the attributes that enter an entity into its indexes; into a sparse one only with a text of its own."""
    values: dict[str, Any] = {}
    created, own = str(texts[CREATED]), short_id(str(texts["id"]))
    end = _end(created, own)
    for index in indexes:
        text = texts[index.field]
        if index.unique or text is None:
            continue
        if index.within:
            shared = [each for name in index.within.split() if (each := texts[name]) is not None]
            if len(shared) < len(index.within.split()) or not index.has(shared):
                continue
            values[index.partition] = partition_key(account, *shared)
        values[index.range] = f"{text}{SEPARATOR}{own if index.field == CREATED else end}"
    return values


def end_of_key(created: str, identifier: str) -> str:
    """Return the end of a range key: it sorts by time of creation, then by id."""
    return _end(created, short_id(identifier))


def short_id(identifier: str) -> str:
    """Write one of our ids in 22 characters that sort as it does, and any other as it is."""
    ours = _OURS.fullmatch(identifier)
    return b64encode(bytes.fromhex(ours[1])).translate(_SORTED)[:22].decode() if ours else identifier


def _end(created: str, short: str) -> str:
    milliseconds = (datetime.fromisoformat(created) - _EPOCH) // _MILLISECOND
    return f"{milliseconds:0{_DIGITS}x}{short}"


def _created(end: str) -> str:
    return instant_text(_EPOCH + int(end[:_DIGITS], 16) * _MILLISECOND)
