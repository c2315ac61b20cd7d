"""The base of request bodies: nothing unknown is taken, and every wrong field is named in the contract's form."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from invoicing.domain.errors import Detail, ValidationFailed

MOST_DETAILS = 100
MOST_SHOWN = 100
"""Characters of a wrong value, or of a key in its path, that an answer repeats."""

_OF_KEY = "[key]"
"""How pydantic ends the path of a key."""

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
    return Detail(_path(error["loc"]), message or error["msg"], code, _shown(error["input"]))


def _code(pydantic_type: str) -> str:
    return "TYPE_INVALID" if pydantic_type.endswith("_type") else "VALUE_INVALID"


def _shown(value: Any) -> Any:
    """A wrong value as the answer repeats it: None when it is long, and for lists and objects."""
    if isinstance(value, int) and abs(value) >= 2**63:
        return None  # no integer that JSON clients, or our own answers, can hold
    return value if isinstance(value, (bool, int, str, Decimal)) and len(str(value)) <= MOST_SHOWN else None


def _path(location: Sequence[str | int]) -> str:
    """``("items", 0, "quantity")`` is ``items[0].quantity``; a wrong key of an object is the path of its value."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part != _OF_KEY:
            path += f".{part[:MOST_SHOWN]}" if path else part[:MOST_SHOWN]
    return path
