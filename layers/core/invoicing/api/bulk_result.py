"""What came of one item of a bulk operation."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import orjson

from invoicing.api.errors import INTERNAL
from invoicing.dataclass import dataclass
from invoicing.domain.warnings import InputWarning
from invoicing.operations.unit_of_work.change_set import IdempotencyRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What came of one item: ``written`` is the JSON of its data or error; ``since`` when its key was first used."""

    status: int
    written: str
    warnings: tuple[InputWarning, ...] = ()
    since: datetime | None = None

    @property
    def is_final(self) -> bool:
        """Whether the same item, sent again, would get the same result but for changes of others."""
        return self.status < INTERNAL[0]

    def output(self, index: int, place: str) -> dict[str, Any]:
        """The member of ``results``; warnings name their fields from the body's root."""
        return {
            "index": index,
            "status": self.status,
            "error" if self.status >= 400 else "data": orjson.Fragment(self.written),
            **({"warnings": [placed(asdict(warning), place) for warning in self.warnings]} if self.warnings else {}),
        }

    def remembered(self) -> dict[str, Any]:
        """What the record of its key has of the result of an item that was done."""
        warnings = [asdict(warning) for warning in self.warnings]
        return {"status": self.status, "data": self.written, "warnings": warnings}


def remembered_result(record: IdempotencyRecord) -> ItemResult:
    """Read the result that a record of an item's key remembers."""
    return ItemResult(
        status=record.answer["status"],
        written=record.answer["data"],
        warnings=tuple(InputWarning(**warning) for warning in record.answer["warnings"]),
        since=record.created_at,
    )


def placed(about: dict[str, Any], place: str) -> dict[str, Any]:
    """A detail or a warning whose field is a path from the body's root, as it is where its message begins with it."""
    field, message = about["field"], about["message"]
    path = f"{place}.{field}" if place and field else place or field
    if field and message.startswith(field):
        message = path + message.removeprefix(field)
    return about | {"field": path, "message": message}
