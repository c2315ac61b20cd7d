"""The file of an import, read in blocks."""

from collections.abc import Iterator
from functools import lru_cache

from invoicing.domain.imports.data_import import Import
from invoicing.operations.imports._store import ImportStore

BLOCK = 1_000_000
"""Bytes that are read in one request."""

MOST_BLOCKS = 8
"""The most blocks that are held at a time: rows of one invoice may lie apart."""


class Source:
    """Reads any part of the file, of which some blocks are held."""

    def __init__(self, data_import: Import, objects: ImportStore) -> None:
        self._size = data_import.size

        @lru_cache(MOST_BLOCKS)
        def block(number: int) -> bytes:
            return objects.fetch_range(data_import.source, number * BLOCK, BLOCK)

        self._block = block

    def blocks(self) -> Iterator[bytes]:
        """Return all blocks in order."""
        for number in range(-(-self._size // BLOCK)):
            yield self._block(number)

    def read(self, offset: int, length: int) -> bytes:
        """Return so many bytes from an offset on."""
        first, last = offset // BLOCK, (offset + length - 1) // BLOCK
        content = b"".join(self._block(number) for number in range(first, last + 1))
        begin = offset - first * BLOCK
        return content[begin : begin + length]
