"""The operations of docs/openapi.json as clients ask for them."""

import json
from urllib.parse import unquote

from tools.openapi import FILE

NASTY = "../a/b?c=d#é %2f+&"
"""An id that must not become anything else."""


def operations() -> list[tuple[str, list[str]]]:
    """Method and path, in parts, of each operation; all parameters are `NASTY`."""
    paths = json.loads(FILE.read_text())["paths"]
    return [
        (method.upper(), [NASTY if part.startswith("{") else part for part in path.split("/") if part])
        for path, methods in paths.items()
        for method in methods
    ]


def parts_of(path: str) -> list[str]:
    """What a server finds in a path: no client escapes all the same characters."""
    return [unquote(part) for part in path.removeprefix("/").split("/") if part]
