"""The files of the project."""

import json
import os
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.template import ROOT

_HIDDEN_BUT_OURS = {".ci", ".github"}


def handler_files() -> set[str]:
    """Every handler, such as ``invoices/send_invoice``."""
    return {f"{path.parent.name}/{path.stem}" for path in (ROOT / "functions").glob("*/*.py")}


@cache
def sample_events() -> dict[str, Any]:
    """Every sample event under its function's name."""
    folder = ROOT / "events"
    return {
        str(path.relative_to(folder).with_suffix("")): json.loads(path.read_text())
        for path in sorted(folder.rglob("*.json"))
    }


def project_files() -> Iterator[Path]:
    """Every file that belongs to the project; nothing that was installed, built or made by running it."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if _is_ours(name)]
        yield from (Path(folder) / name for name in files if name != ".git")  # a file in a worktree of git


def python_files(*folders: str) -> list[Path]:
    """Every Python file below some folders of the project."""
    return sorted(
        path for path in project_files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders
    )


def _is_ours(folder: str) -> bool:
    return folder in _HIDDEN_BUT_OURS or not folder.startswith((".", "__pycache__", "node_modules"))


def modules_of_resources(name: str) -> list[ModuleType]:
    """The modules of this name beside the handlers' tests, of those resources that have one."""
    files = sorted((ROOT / "tests" / "functions").glob(f"*/{name}.py"))
    return [import_module(f"tests.functions.{file.parent.name}.{name}") for file in files]
