"""The base of request bodies: nothing unknown is taken, and every wrong field is named in the contract's form."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from invoicing.domain.errors import MOST_DETAILS, Detail, ValidationFailed

MOST_SHOWN = 100
"""Characters of a wrong value, or of a key in its path, that an answer repeats."""

_OF_KEY = "[key]"
"""How pydantic ends the path of a key."""

_OUR_WORDS = {
    "missing": ("FIELD_REQUIRED", "This field is required."),
    "extra_forbidden": ("FIELD_UNKNOWN", "There is no such field."),
    "string_too_long": ("TOO_LONG", "Give at most {max_length} characters."),
    "string_too_short": ("TOO_SHORT", "Give {min_length} or more characters."),
    "string_pattern_mismatch": ("VALUE_INVALID", "The value must match {pattern}."),
    "too_long": ("TOO_MANY", "Give at most {max_length} entries."),
    "too_short": ("TOO_FEW", "Give {min_length} or more entries."),
    "greater_than_equal": ("VALUE_INVALID", "Give a number of at least {ge}."),
    "less_than_equal": ("VALUE_INVALID", "Give a number of at most {le}."),
    "literal_error": ("VALUE_INVALID", "Give {expected}."),
    "string_type": ("TYPE_INVALID", "Give a string."),
    "bool_type": ("TYPE_INVALID", "Give true or false."),
    "int_type": ("TYPE_INVALID", "Give a whole number."),
    "list_type": ("TYPE_INVALID", "Give an array."),
    "model_type": ("TYPE_INVALID", "Give a JSON object."),
    "dict_type": ("TYPE_INVALID", "Give a JSON object."),
}
"""What clients read in place of pydantic's own messages, by its name of the error; its context fills the braces."""

_ANY_OTHER = ("VALUE_INVALID", "This value is not valid.")


class RequestBody(BaseModel):
    """A JSON object that a client sends."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def parse(cls, value: Any, /) -> Self:
        """The body of a JSON value; `ValidationFailed` names every wrong field, up to `MOST_DETAILS`."""
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            raise ValidationFailed(*map(_detail, errors[:MOST_DETAILS])) from None


def _detail(error: Any) -> Detail:
    kind = error["type"]
    if kind.isupper():  # an error of our own
        code, message = kind, error["msg"]
    else:
        code, words = _OUR_WORDS.get(kind, _ANY_OTHER)
        message = words.format_map(error.get("ctx", {}))
    return Detail(_path(error["loc"]), message, code, _shown(error["input"]))


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
