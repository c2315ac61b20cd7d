"""Values: dataclasses that never change once made."""

from dataclasses import dataclass
from typing import dataclass_transform


@dataclass_transform(kw_only_default=True, frozen_default=True)
def value[T](cls: type[T]) -> type[T]:
    """A keyword-only dataclass that type checkers refuse to see changed.

    ``frozen=True`` would let Python refuse it too, at the price of a function call for each field of each object:
    a line of an invoice then takes four times as long to make.
    """
    return dataclass(slots=True, kw_only=True, unsafe_hash=True)(cls)
