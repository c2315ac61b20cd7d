"""No module imports a part of a library that tools/build_layer.py takes out of the layer: only Lambda would notice."""

import ast
import importlib.util
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from tests.structure.project import python_files
from tools.build_layer import UNUSED


def imported(source: str) -> Iterator[str]:
    """Every module that code imports, and every name that it imports from one, in full."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def is_taken_out(module: str) -> bool:
    """Whether the layer lacks a module, itself or the package it is in."""
    parts = module.split(".")
    paths = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return any(fnmatch(path, pattern) for path in paths for pattern in UNUSED)


def test_nothing_that_is_taken_out_is_imported() -> None:
    found = {
        path.name: sorted(filter(is_taken_out, imported(path.read_text())))
        for path in python_files("layers", "functions")
    }
    assert {name: modules for name, modules in found.items() if modules} == {}


def test_what_the_library_itself_imports_is_there() -> None:
    """The parts that our modules name, and what these import at their top, within their own library."""
    names = {name for path in python_files("layers", "functions") for name in imported(path.read_text())}
    parts = {name for name in names if name.startswith("aws_lambda_powertools")}
    seen: set[str] = set()
    while parts:
        part = parts.pop()
        if part in seen or not (source := _source(part)):
            continue
        seen.add(part)
        parts |= {name for name in _at_top(source) if name.startswith("aws_lambda_powertools")}
    assert sorted(filter(is_taken_out, seen)) == []
    assert "aws_lambda_powertools.utilities.batch" in seen


def _source(module: str) -> str | None:
    try:
        spec = importlib.util.find_spec(module)
    except ModuleNotFoundError:
        return None
    return Path(spec.origin).read_text() if spec and spec.origin and spec.origin.endswith(".py") else None


def _at_top(source: str) -> Iterator[str]:
    """What a module imports when it is loaded, but for types."""
    tree = ast.parse(source)
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from imported(ast.unparse(node))


def test_the_check_sees_what_is_taken_out() -> None:
    assert is_taken_out("aws_lambda_powertools.utilities.idempotency.base")
    assert not is_taken_out("aws_lambda_powertools.utilities.batch")
    assert list(imported("from aws_lambda_powertools.utilities import idempotency")) == [
        "aws_lambda_powertools.utilities",
        "aws_lambda_powertools.utilities.idempotency",
    ]
