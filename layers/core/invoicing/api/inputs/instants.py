"""Instants in request bodies."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError


def _instant(value: Any) -> datetime:
    try:
        if isinstance(value, str) and len(value) >= len("2026-01-01T00:00Z"):
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise PydanticCustomError("INSTANT_INVALID", "must be an instant with a UTC offset, such as 2026-12-31T23:59:59Z")


Instant = Annotated[datetime, PlainValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})]
