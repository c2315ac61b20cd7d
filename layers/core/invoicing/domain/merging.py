"""Merging of changes into nested objects (RFC 7396)."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from invoicing.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Merge:
    """Changes of a nested object: each member replaces the stored one, None removes it, a mapping changes an object.

    ``make`` makes the object from the members that remain.
    """

    members: Mapping[str, Any]
    make: Callable[..., Any]

    def into(self, before: Any) -> Any:
        """Return the object with these changes; ``before`` is a mapping, a dataclass or None."""
        members = _members(before)
        members |= {name: _into(change, members.get(name)) for name, change in self.members.items()}
        return self.make(**{name: value for name, value in members.items() if value is not None})


def merged(before: object, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the new values of an entity, with each `Merge` applied to the entity's own value."""
    return {
        name: value.into(getattr(before, name)) if isinstance(value, Merge) else value for name, value in values.items()
    }


def _into(change: Any, before: Any) -> Any:
    if isinstance(change, Mapping):
        change = Merge(change, dict)
    return change.into(before) if isinstance(change, Merge) else change


def _members(value: Any) -> dict[str, Any]:
    if value is None or isinstance(value, Mapping):
        return dict(value or {})
    return {field.name: getattr(value, field.name) for field in fields(value)}
