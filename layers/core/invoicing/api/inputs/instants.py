"""Instants and times of day in request bodies."""

import re
from datetime import UTC, datetime, time
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

_TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


def _instant(value: Any) -> datetime:
    try:
        if isinstance(value, str) and len(value) >= len("2026-01-01T00:00Z"):
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise PydanticCustomError("INSTANT_INVALID", "must be an instant with a UTC offset, such as 2026-12-31T23:59:59Z")


def _local_time(value: Any) -> time:
    if isinstance(value, str) and _TIME.fullmatch(value):
        return time.fromisoformat(value)
    raise PydanticCustomError("TIME_INVALID", "must be a time of day such as 09:00")


Instant = Annotated[datetime, PlainValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})]
LocalTime = Annotated[
    time,
    PlainValidator(_local_time),
    # No format: what generated clients write of a time has seconds.
    WithJsonSchema({"type": "string", "pattern": f"^({_TIME.pattern})$"}),
]
Morning = Annotated[LocalTime, Field(json_schema_extra={"default": "09:00"})]
"""A time of day whose default is 09:00; pydantic would say 09:00:00 of it, which is refused."""
