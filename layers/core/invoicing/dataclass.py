"""`dataclass`, for types that a cold start can afford.

The standard library writes and compiles the source of six methods for each frozen class, half a millisecond: a quarter
of a cold start with 140 classes. Here equality, hash and representation are one function for all classes, and that
nothing assigns to a frozen instance is what the type checker says, with every build; only ``__init__`` is compiled.
"""

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414, TID251 - what the type checker knows
else:

    def dataclass(*, frozen: bool = False, eq: bool = True, slots: bool = False, kw_only: bool = False) -> Any:
        """As `dataclasses.dataclass`, with the same meaning of all arguments to the type checker.

        Instances of a ``frozen`` class can be hashed; assigning to them is an error of types.
        """

        def make(cls: type) -> type:
            own = vars(cls).keys()
            made = dataclasses.dataclass(repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)  # noqa: TID251
            if "__repr__" not in own:
                made.__repr__ = _written
            if eq:
                names = [field.name for field in dataclasses.fields(made) if field.compare]
                made.__compared__ = attrgetter(*names) if names else _nothing
                made.__eq__ = _are_equal
                made.__hash__ = _hashed if frozen else None
            return made

        return make


def _are_equal(left: Any, right: Any) -> Any:
    kind = left.__class__
    if right.__class__ is not kind:
        return NotImplemented
    return left is right or kind.__compared__(left) == kind.__compared__(right)


def _hashed(value: Any) -> int:
    return hash(value.__class__.__compared__(value))


def _nothing(_: Any) -> tuple[()]:
    return ()


def _written(value: Any) -> str:
    members = (f"{field.name}={getattr(value, field.name)!r}" for field in dataclasses.fields(value) if field.repr)
    return f"{value.__class__.__qualname__}({', '.join(members)})"
