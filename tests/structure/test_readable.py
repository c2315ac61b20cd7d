"""What keeps the code readable, and free of the machine it was written on."""

import ast
import re

from tests.structure.project import project_files, python_files
from tests.template import ROOT

HANDLER_LINES = 40
FILE_LINES = 300
FUNCTION_LINES = 40

# Written in pieces, or this file would be the first to be found.
FOREIGN = re.compile(
    r"pypi\.or" + r"g|files\.pythonhoste" + r"d|registry\.npmj" + r"s|(?<![\w.~})/-])/(?:work|root|home|Users)/",
    re.IGNORECASE,
)


def too_long(name: str, source: str) -> list[str]:
    """Which limit a file exceeds, and which of its functions."""
    most = HANDLER_LINES if name.startswith("functions/") else FILE_LINES
    lines = len(source.splitlines())
    found = [f"{name}: {lines} lines, at most {most}"] if lines > most else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > FUNCTION_LINES:
                found.append(f"{name} {node.name}: {lines} lines, at most {FUNCTION_LINES}")
    return found


def test_nothing_is_too_long() -> None:
    found = [
        problem
        for path in python_files("layers", "functions", "tools", "tests")
        for problem in too_long(str(path.relative_to(ROOT)), path.read_text())
    ]
    assert not found, "\n".join(found)


def test_too_long_finds_files_and_functions() -> None:
    function = "def f():\n" + "    pass\n" * 40
    assert too_long("tests/x.py", function) == ["tests/x.py f: 41 lines, at most 40"]
    assert too_long("functions/a/b.py", "x = 1\n" * 41) == ["functions/a/b.py: 41 lines, at most 40"]
    assert too_long("tools/x.py", "x = 1\n" * 301) == ["tools/x.py: 301 lines, at most 300"]
    assert too_long("tools/x.py", "x = 1\n" * 300) == []


def foreign(text: str) -> list[str]:
    """Addresses of package registries, and paths of one certain machine."""
    return [match[0] for match in FOREIGN.finditer(text)]


def test_nothing_names_a_registry_or_a_path_of_one_machine() -> None:
    found = []
    for path in project_files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue  # a font
        found += [f"{path.relative_to(ROOT)}: {name}" for name in foreign(text)]
    assert not found, "\n".join(found)


def test_foreign_finds_registries_and_paths() -> None:
    registry = "https://pypi.or" + "g/simple"
    path = "/wor" + "k/main"
    assert foreign(f"index-url = {registry}\nsee '{path}'") == ["pypi.or" + "g", "/wor" + "k/"]
    assert foreign("invoices/root/x and https://example.com/work/x and ${HOME}/work/x") == []
