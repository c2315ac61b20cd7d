"""What is measured of each resource, and the requests that it may cost: one file for each.

A file has ``REQUESTS``, by the name of what is measured, and ``measure``, which does it. Files run in alphabetical
order, after what `benchmarks.cost` measures itself.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.cost import Client


def _modules() -> list[Any]:
    found = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return [module for module in found if hasattr(module, "measure")]


def measures() -> "list[Callable[[Client], None]]":
    """What measures each resource."""
    return [module.measure for module in _modules()]


def expected() -> Mapping[str, list[str]]:
    """The requests that each operation of these resources may cost."""
    return {name: requests for module in _modules() for name, requests in module.REQUESTS.items()}
