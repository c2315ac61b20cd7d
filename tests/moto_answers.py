"""Has moto write its answers in half the time: it looks for each type of each value of an item under a dozen names."""

from typing import Any

from moto.core.serialize import ResponseSerializer

write = ResponseSerializer._serialize_structure_member


def write_what_is_there(self: ResponseSerializer, serialized: Any, value: Any, shape: Any, key: str) -> None:
    """A value of an item, such as ``{"S": "inv_1"}``, has one of its ten types, and under that name only."""
    if type(value) is dict and key not in value and shape.parent.name == "AttributeValue":
        return
    write(self, serialized, value, shape, key)


def install() -> None:
    """Have all answers written so, in this process."""
    ResponseSerializer._serialize_structure_member = write_what_is_there  # type: ignore[method-assign]
