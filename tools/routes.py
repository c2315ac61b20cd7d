"""Writes the table of routes, which `$default` knows other methods by; with --check it only says whether it is current.

The handlers' declarations say which methods each path has; route_not_found cannot load all handlers to ask them.
"""

import argparse
import sys

from tools.openapi import NO_PATH, ROOT, operations

FILE = ROOT / "layers" / "core" / "invoicing" / "api" / "route_table.py"
HEAD = '''\
"""The methods of every path below the base path. Written by `python -m tools.routes`: do not edit."""

METHODS = {
'''


def text() -> str:
    """The file as it should be."""
    methods: dict[str, set[str]] = {}
    for operation in operations():
        if operation.app.path != NO_PATH:
            methods.setdefault(operation.app.path, set()).update(operation.app.methods)
    return HEAD + "".join(f'    "{path}": "{" ".join(sorted(methods[path]))}",\n' for path in methods) + "}\n"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing; exit 1 when the file is stale")
    if not arguments.parse_args().check:
        FILE.write_text(text())
    elif FILE.read_text() != text():
        print("error: the table of routes is stale: run python -m tools.routes", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
