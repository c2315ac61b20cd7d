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
        for path in python_files("layers", "functions", "clients", "tools", "tests")
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


# This file is the one that may say them.
OLD_WORDS = """
    Something went wrong on our side
    nothing was changed unless you read it back changed
    This moment has passed
    The account of this key is gone
    ask for less time
    By number at most 1000 are skipped
    The series gave this number, and it stays
    Rates are those of EUR
    One page of what paid the invoice
    a payment is whole, even if it paid other invoices too
    its public page
    reading a thing is two requests
    idle it costs next to nothing
    what the operation itself does; may run several times
    The turn of one use case that collided
    For those who use the API
    For those who run it
    For those who change it
    what it would come to
    A slot that would begin too late is left to others
    who is told 503 for that comes back
    AlreadyDone
    ChangedMeanwhile
    carry_out
    waiting_line
    take_slot
    whole_client
    give_back
"""
"""Sentences and names that were replaced by plainer ones, and do not come back."""


def old_words(text: str) -> list[str]:
    """Which of them a text has, also over the end of a line or of a string."""
    joined = " ".join(re.sub(r'"\s*\n\s*f?"|`', "", text).lower().replace("#", " ").split())
    return [words for words in map(str.strip, OLD_WORDS.strip().splitlines()) if words.lower() in joined]


def test_nothing_says_what_was_put_plainly() -> None:
    found = []
    for path in project_files():
        if (
            path.suffix in {".md", ".py", ".yaml", ".json", ".psv", ".html", ".toml", ""}
            and path.name != "test_readable.py"
        ):
            found += [f"{path.relative_to(ROOT)}: {words}" for words in old_words(path.read_text(errors="ignore"))]
    assert not found, "\n".join(found)


def test_old_words_are_found_over_the_end_of_a_line() -> None:
    assert old_words('"The series gave this "\n    "number, and it stays."') == [
        "The series gave this number, and it stays"
    ]
    assert old_words("# Shown on its public\n# page.") == ["its public page"]
    assert old_words("The portal has a public page.") == []
