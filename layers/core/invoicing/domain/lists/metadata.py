"""Searchable metadata: the keys of metadata by whose values customers and invoices are found."""

import hashlib
from collections.abc import Iterable
from typing import Any

MOST_SEARCHABLE = 3
"""The most keys that an account can declare."""

_SEARCHABLE = frozenset({"Customer", "Invoice"})
_LENGTH = 32
"""Hexadecimal digits of a tag: 128 bits, so that a tag stands for one value only."""


def tag_of(key: str, value: str) -> str:
    """Return what a row has in place of a word: a hash, since values may be longer than keys of a table."""
    return hashlib.sha256(f"{len(key)}:{key}{value}".encode()).hexdigest()[:_LENGTH]


def tags_of(entity: Any, keys: Iterable[str]) -> tuple[str, ...]:
    """Return the tags of an entity for the searchable keys of its account; only customers and invoices have any."""
    if type(entity).__name__ not in _SEARCHABLE:
        return ()
    return tuple(tag_of(key, entity.metadata[key]) for key in keys if key in entity.metadata)
