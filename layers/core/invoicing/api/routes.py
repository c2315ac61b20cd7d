"""What is said to requests that no route takes."""

from typing import Never

from invoicing.api.request import BASE_PATH, Request
from invoicing.api.route_table import METHODS
from invoicing.domain.errors import MethodNotAllowed, NotFound


def refuse_route(request: Request) -> Never:
    """`MethodNotAllowed` where the path has other methods, else `NotFound`.

    OPTIONS is refused like any other method: a preflight (Fetch, 3.3) asks whether a script of another site may call,
    and no page may, as it would have to hold an API key.
    """
    allowed = methods_of(request.path)
    if allowed and request.method not in allowed:
        message = f"{request.method} is not allowed here; use {' or '.join(allowed)}."
        raise MethodNotAllowed("METHOD_NOT_ALLOWED", message, allowed)
    raise NotFound("ROUTE_NOT_FOUND", f"There is no {request.method} {request.path}.")


def methods_of(path: str) -> list[str]:
    """The methods of a path, in order of the alphabet; none where there is no such path."""
    known = [methods for below, methods in METHODS.items() if _matches(BASE_PATH + below, path)]
    return sorted({method for methods in known for method in methods.split()})


def _matches(known: str, path: str) -> bool:
    """Whether API Gateway takes a path for a known one: a name in braces is one part that is not empty."""
    names, parts = known.split("/"), path.split("/")
    return len(names) == len(parts) and all(
        bool(part) if name.startswith("{") else name == part for name, part in zip(names, parts, strict=True)
    )
