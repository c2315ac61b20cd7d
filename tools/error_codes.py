"""Which errors the program can end with, read from its source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from invoicing.api.errors import INTERNAL, STATUS
from invoicing.domain.errors import not_found
from tools.openapi import ROOT

PACKAGE = ROOT / "layers" / "core" / "invoicing"
KINDS = {kind.__name__: kind for kind in STATUS}
FIXED = {"RateLimited": "RATE_LIMIT_EXCEEDED", "ValidationFailed": "VALIDATION_FAILED"}
"""The code of errors that say none."""

_CODE = re.compile(r"[A-Z]+(_[A-Z]+)+")
_NO_CODES = frozenset({"ALL_OLD", "ALL_NEW"})
"""DynamoDB's own words."""


def error_codes() -> set[tuple[int, str, str]]:
    """Status, type and code of every error that any request or event can end with."""
    found = {(*INTERNAL, "INTERNAL_ERROR")}
    for file in _files():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and file.name != "errors.py":
                found |= set(_raised(node, node.func.id, file))
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
                found |= set(_not_found(*node.args[:1]))
    return found


def constants() -> set[str]:
    """Every text of the package that looks like a code: those of errors and those of their details."""
    return {
        node.value
        for file in _files()
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value)
    } - _NO_CODES


def _files() -> list[Path]:
    folders = [PACKAGE / name for name in ("api", "domain", "operations", "storage")]
    folders += [ROOT / "layers" / "documents" / "invoicing_documents", ROOT / "functions"]
    return [file for folder in folders for file in sorted(folder.rglob("*.py"))]


def _raised(call: ast.Call, name: str, file: Path) -> Iterator[tuple[int, str, str]]:
    if name == "not_found" and isinstance(call.args[0], ast.Constant):
        yield _code_of_missing(str(call.args[0].value))
    elif name in KINDS:
        given = [word.value for word in call.keywords if word.arg == "code"]
        if name not in FIXED:
            given = given or call.args[:1]
        yield (*STATUS[KINDS[name]], _text(given[0], file) if given else FIXED[name])


def _not_found(kind: ast.expr | None = None) -> Iterator[tuple[int, str, str]]:
    """What ``uow.get(Invoice, invoice_id)`` may raise; other entities have a ``get``, too."""
    if isinstance(kind, ast.Name) and kind.id[0].isupper() and not kind.id.isupper():
        yield _code_of_missing(kind.id)


def _code_of_missing(kind: str) -> tuple[int, str, str]:
    return (*STATUS[KINDS["NotFound"]], not_found(kind, "").code)


def _text(node: ast.expr, file: Path) -> str:
    if not isinstance(node, ast.Constant):
        raise TypeError(f"{file}:{node.lineno}: a code must be written out, or nobody can find it")
    return str(node.value)
