"""The base of request bodies: unknown fields are refused, and every wrong field is named."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, GetPydanticSchema, ValidationError
from pydantic_core import core_schema

from invoicing.domain.errors import MOST_DETAILS, Detail, ValidationFailed
from invoicing.domain.merging import Merge

MOST_SHOWN = 100
"""The most characters of a wrong value, or of a key in its path, that a response repeats."""

_OF_KEY = "[key]"
"""The end of a key's path in pydantic."""

_ERRORS = {
    "missing": ("FIELD_REQUIRED", "is required"),
    "extra_forbidden": ("FIELD_UNKNOWN", "is not a known field"),
    "string_too_long": ("TOO_LONG", "must have at most {max_length} characters"),
    "string_too_short": ("TOO_SHORT", "must not be empty"),
    "too_long": ("TOO_MANY", "must have at most {max_length} entries"),
    "too_short": ("TOO_FEW", "must not be empty"),
    "literal_error": ("VALUE_INVALID", "must be {expected}"),
    "string_type": ("TYPE_INVALID", "must be a string"),
    "bool_type": ("TYPE_INVALID", "must be true or false"),
    "list_type": ("TYPE_INVALID", "must be an array"),
    "model_type": ("TYPE_INVALID", "must be an object"),
    "dict_type": ("TYPE_INVALID", "must be an object"),
}
"""Code and message of each pydantic error type; a message follows its field, with values of the context."""

_UNKNOWN_ERROR = ("VALUE_INVALID", "is not valid")


class RequestBody(BaseModel):
    """A JSON object that a client sends."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def parse(cls, value: Any, /, *, within: str = "") -> Self:
        """Parse a body, or the object ``within`` one; `ValidationFailed` names every wrong field, to `MOST_DETAILS`."""
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            raise ValidationFailed(*(_detail(error, within) for error in errors[:MOST_DETAILS])) from None

    def merge(self, make: Callable[..., Any]) -> Merge:
        """Convert to changes of the nested object that ``make`` makes: of the members that were sent."""
        return Merge(self.model_dump(exclude_unset=True), make)


def converted(given: Any, convert: Callable[[Any], Any]) -> GetPydanticSchema:
    """Return the schema of a field that is checked as ``given`` and then converted to the domain's value."""
    return GetPydanticSchema(
        lambda _, handler: core_schema.no_info_after_validator_function(convert, handler.generate_schema(given))
    )


def _detail(error: Any, within: str) -> Detail:
    path, error_type = _path((within, *error["loc"]) if within else error["loc"]), error["type"]
    if error_type.isupper():  # one of our own, in `invoicing.api.inputs`
        code, message = error_type, error["msg"]
    else:
        code, template = _ERRORS.get(error_type, _UNKNOWN_ERROR)
        message = template.format_map(error.get("ctx", {}))
    return Detail(path, f"{path or 'The body'} {message}.", code, _shown(error["input"]))


def _shown(value: Any) -> Any:
    """Return a wrong value for the response: None when it is long, and for lists and objects."""
    if isinstance(value, int) and abs(value) >= 2**63:
        return None  # beyond the integers that JSON clients, or our own responses, can hold
    return value if isinstance(value, (bool, int, str, Decimal)) and len(str(value)) <= MOST_SHOWN else None


def _path(location: Sequence[str | int]) -> str:
    """Write a path: ``("items", 0, "quantity")`` is ``items[0].quantity``; a wrong key has the path of its value."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part != _OF_KEY:
            path += f".{part[:MOST_SHOWN]}" if path else part[:MOST_SHOWN]
    return path
