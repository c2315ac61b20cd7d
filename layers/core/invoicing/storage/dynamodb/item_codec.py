"""The item codec: turns entities into compact bytes and back.

An entity is one compressed JSON object in its item: a tenth of the work of nested DynamoDB attributes, and fewer write
units. It is compressed with a preset dictionary, which has all that entities have in common. Money is integers, rates
and quantities are strings; nothing is ever a binary float. An invoice's lines are written by column, their names only
once: half the bytes, and less work both ways.
"""

import zlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.storage.dynamodb.item_dictionary import DICTIONARY

_COMPRESSOR = zlib.compressobj(6, zlib.DEFLATED, 14, 6, zdict=DICTIONARY)
"""What is copied for each document: it has read the dictionary, and little memory is quickly copied."""

LARGE = 10_000
"""Bytes from which a document is compressed for speed; below, a kilobyte is a write unit, and well worth 5 µs."""

MAX_BYTES = 395_000
"""The largest packed entity: a DynamoDB item has at most 400 KB (409,600 bytes), keys and indexes included."""


def pack(value: Any, most: int = MAX_BYTES) -> bytes:
    """Compress a value as JSON; `ValidationFailed` ``RESOURCE_TOO_LARGE`` above ``most`` bytes."""
    text = orjson.dumps(value, default=str)
    compressor = zlib.compressobj(2, zdict=DICTIONARY) if len(text) > LARGE else _COMPRESSOR.copy()
    packed = compressor.compress(text) + compressor.flush()
    if len(packed) > most:
        message = "The resource is too large to store; shorten its texts or send fewer items."
        raise ValidationFailed(Detail("", message, "RESOURCE_TOO_LARGE"))
    return packed


def unpack(packed: bytes) -> dict[str, Any]:
    """Return the JSON object that was packed."""
    value: dict[str, Any] = orjson.loads(zlib.decompressobj(zdict=DICTIONARY).decompress(packed))
    return value


def instants(values: dict[str, Any], *names: str) -> dict[str, datetime | None]:
    """Read instants by name, None where there is none."""
    return {name: datetime.fromisoformat(values[name]) if values.get(name) else None for name in names}


def dates(values: dict[str, Any], *names: str) -> dict[str, date | None]:
    """Read civil dates by name, None where there is none."""
    return {name: date.fromisoformat(values[name]) if values[name] else None for name in names}


def decimal(value: str | None) -> Decimal | None:
    """Read an exact number from its text."""
    return None if value is None else Decimal(value)
