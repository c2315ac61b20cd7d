"""Patterns of event types: one type, all types of a resource such as ``invoice.*``, or ``*`` for all."""

from collections.abc import Collection

ALL = "*"


def patterns() -> frozenset[str]:
    """Return every pattern that some event type matches; this loads all event types."""
    from invoicing.domain.events.registry import event_types  # noqa: PLC0415

    names = event_types()
    return frozenset({ALL, *names, *map(_all_of_resource, names)})


def matches(chosen: Collection[str], name: str) -> bool:
    """Whether the name of an event type matches one of some patterns."""
    return not {ALL, name, _all_of_resource(name)}.isdisjoint(chosen)


def _all_of_resource(name: str) -> str:
    return f"{name.partition('.')[0]}.{ALL}"
