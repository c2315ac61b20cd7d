"""Turns entities into compact bytes and back.

An entity is one compressed JSON document in its item: a tenth of the work of nested DynamoDB attributes, and fewer
write units. Money is integers, rates and quantities are strings, nothing is ever a binary float. An invoice's lines
are written by column, as are their names but once: half the bytes, and less work both ways.
"""

import zlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson

from invoicing.domain.errors import Detail, ValidationFailed

MAX_BYTES = 395_000
"""Largest document: DynamoDB takes items of 400 KB (409,600 bytes), keys and indexed attributes included."""


def pack(value: Any, most: int = MAX_BYTES) -> bytes:
    """Compressed JSON; `ValidationFailed` ``RESOURCE_TOO_LARGE`` when it has more than ``most`` bytes."""
    packed = zlib.compress(orjson.dumps(value, default=str), 1)
    if len(packed) > most:
        message = "The resource is too large to store; shorten its texts or send fewer items."
        raise ValidationFailed(Detail("", message, "RESOURCE_TOO_LARGE"))
    return packed


def unpack(packed: bytes) -> dict[str, Any]:
    """The JSON object that was packed."""
    value: dict[str, Any] = orjson.loads(zlib.decompress(packed))
    return value


def instants(values: dict[str, Any], *names: str) -> dict[str, datetime | None]:
    """Instants by their names, None where there is none."""
    return {name: datetime.fromisoformat(values[name]) if values.get(name) else None for name in names}


def dates(values: dict[str, Any], *names: str) -> dict[str, date | None]:
    """Civil dates by their names, None where there is none."""
    return {name: date.fromisoformat(values[name]) if values[name] else None for name in names}


def decimal(value: str | None) -> Decimal | None:
    """An exact number that was written as text."""
    return None if value is None else Decimal(value)
