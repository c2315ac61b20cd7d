"""All event types, for the documentation and tests; use cases name the type that they record."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import invoicing.domain.events as package
from invoicing.domain.events.event import EventType


def event_types() -> dict[str, EventType[Any]]:
    """Return every event type by name, those of a resource in the order of their declaration."""
    modules = [import_module(f"{package.__name__}.{module.name}") for module in iter_modules(package.__path__)]
    return {value.name: value for module in modules for value in vars(module).values() if isinstance(value, EventType)}
