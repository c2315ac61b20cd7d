"""No binary float in the rules: not as a literal, not by name, not through `math`."""

import ast
from pathlib import Path

from tests.template import ROOT

DOMAIN = ROOT / "layers" / "core" / "invoicing" / "domain"
INEXACT_MODULES = {"cmath", "math", "numpy", "statistics"}
EXACT_NAMES = {"gcd", "lcm"}
"""What of them has only integers."""


def floats(source: str) -> list[str]:
    """Where code could make a binary float."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=float() | complex() as value):
                found.append(f"line {node.lineno}: {value}")
            case ast.Name(id="float" | "complex" as name):
                found.append(f"line {node.lineno}: {name}")
            case ast.Import(names=names) if INEXACT_MODULES & {alias.name.partition(".")[0] for alias in names}:
                found.append(f"line {node.lineno}: import")
            case ast.ImportFrom(module=str(module), names=names) if (
                module.partition(".")[0] in INEXACT_MODULES and {alias.name for alias in names} - EXACT_NAMES
            ):
                found.append(f"line {node.lineno}: import")
    return found


def test_no_rule_uses_binary_floats() -> None:
    paths = list(DOMAIN.rglob("*.py"))
    assert paths
    assert _found(paths) == {}


def _found(paths: list[Path]) -> dict[str, list[str]]:
    return {path.name: found for path in paths if (found := floats(path.read_text()))}


def test_floats_finds_every_way_to_make_one() -> None:
    assert floats("x = 0.08") == ["line 1: 0.08"]
    assert floats("def f(x: 'int') -> float: ...") == ["line 1: float"]
    assert floats("import math.x") == ["line 1: import"]
    assert floats("from math import ceil") == ["line 1: import"]
    assert floats("from math import gcd, lcm") == []
    assert floats("from decimal import Decimal\nx = Decimal('0.08') * 2") == []
