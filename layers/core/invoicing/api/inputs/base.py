"""The base of request bodies: nothing unknown is taken, and every wrong field is named in the contract's form."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from invoicing.domain.errors import Detail, ValidationFailed

MOST_DETAILS = 100
_CODES = {
    "missing": ("FIELD_REQUIRED", "This field is required."),
    "extra_forbidden": ("FIELD_UNKNOWN", "There is no such field."),
    "string_too_long": ("TOO_LONG", None),
    "string_too_short": ("TOO_SHORT", None),
    "too_long": ("TOO_MANY", None),
    "too_short": ("TOO_FEW", None),
    "model_type": ("TYPE_INVALID", "Give a JSON object."),
    "dict_type": ("TYPE_INVALID", "Give a JSON object."),
}


class RequestBody(BaseModel):
    """A JSON object that a client sends."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def parse(cls, value: Any, /) -> Self:
        """The body of a JSON value; `ValidationFailed` names every wrong field, up to `MOST_DETAILS`."""
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            errors = error.errors(include_url=False, include_context=False)
            raise ValidationFailed(*(_detail(wrong) for wrong in errors[:MOST_DETAILS])) from None


def _detail(error: Any) -> Detail:
    kind = error["type"]
    code, message = _CODES.get(kind, (kind if kind.isupper() else _code(kind), None))
    value = error["input"]
    shown = value if value is None or isinstance(value, (bool, int, Decimal)) or _is_short(value) else None
    return Detail(_path(error["loc"]), message or error["msg"], code, shown)


def _code(pydantic_type: str) -> str:
    return "TYPE_INVALID" if pydantic_type.endswith("_type") else "VALUE_INVALID"


def _is_short(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 100


def _path(location: Sequence[str | int]) -> str:
    """``("items", 0, "quantity")`` is ``items[0].quantity``."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path
