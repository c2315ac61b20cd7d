"""Prints the packages that each handler loads, one JSON line for each; run with what `Handlers` says on stdin.

Each handler is imported in a fork of one process that has loaded nothing but `invoicing.wiring`, which all of them use.
"""

import gc
import importlib
import json
import os
import sys
import traceback

Handlers = dict[str, list[str]]
"""The folders that Lambda would import from, under each handler's file."""


def main() -> int:
    handlers: Handlers = json.load(sys.stdin)
    gc.disable()  # it would take a tenth of the time
    importlib.import_module("invoicing.wiring")
    for file, folders in handlers.items():
        child = os.fork()
        if not child:
            os._exit(_import(file, folders))
        if os.waitpid(child, 0)[1]:
            return 1
    return 0


def _import(file: str, folders: list[str]) -> int:
    try:
        sys.path[:0] = folders
        importlib.import_module(file.partition("/")[2])
        packages = sorted({name.partition(".")[0] for name in sys.modules})
        print(json.dumps([file, packages]), flush=True)  # noqa: T201
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
