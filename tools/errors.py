"""Writes the tables of docs/reference/errors.md, every code of errors and warnings; with --check it only compares.

Status and type of an error come from the code. Cause and remedy are in tools/errors/, in a table for each kind of code;
a row is ``code|cause|remedy``. Tables in a folder of the kind's name have more rows, such as those of a new resource.
"""

import argparse
import re
import sys
from collections import defaultdict
from functools import cache

from tools.openapi import ROOT  # isort: skip  # makes the package invoicing importable
from tools.error_codes import error_codes

FILE = ROOT / "docs" / "reference" / "errors.md"
TABLES = ROOT / "tools" / "errors"
KINDS = {
    "details": "Details of a 422",
    "queries": "Details of a 400",
    "jobs": "Imports and exports",
    "warnings": "Warnings",
}
"""The section of each kind of code that is not the ``code`` of an error."""

HEAD = "| Code | Cause | What to do |\n|---|---|---|\n"
SECTION = re.compile(rf"(?<=\n## )(.+)(\n(?:(?![|#]).*\n)*){re.escape(HEAD)}(?:\|.*\n)*")

Rows = dict[str, tuple[str, str]]


@cache
def rows(kind: str) -> Rows:
    """Return cause and remedy by code; `ValueError` when a code is there twice, or a row has not three cells."""
    found: Rows = {}
    for table in [TABLES / f"{kind}.psv", *sorted((TABLES / kind).glob("*.psv"))]:
        for row in table.read_text().splitlines():
            code, cause, remedy = row.split("|")
            if code in found:
                raise ValueError(f"{table}: {code} is declared twice")
            found[code] = cause, remedy
    return dict(sorted(found.items()))


def sections() -> dict[str, Rows]:
    """Return the rows of each section by its title; `KeyError` for an error that has no row."""
    found: dict[str, Rows] = defaultdict(dict)
    for status, kind, code in sorted(error_codes()):
        found[f"{status} `{kind}`"][code] = rows("errors")[code]
    return found | {title: rows(kind) for kind, title in KINDS.items()}


def written(text: str) -> str:
    """Return the page with all tables; `ValueError` when it lacks a section."""
    tables = sections()
    if (titles := {match[1] for match in SECTION.finditer(text)}) != set(tables):
        raise ValueError(f"sections of {FILE.name} are {sorted(titles)}, kinds of errors {sorted(tables)}")

    def section(match: re.Match[str]) -> str:
        lines = [f"| `{code}` | {cause} | {remedy} |\n" for code, (cause, remedy) in tables[match[1]].items()]
        return f"{match[1]}{match[2]}{HEAD}{''.join(lines)}"

    return SECTION.sub(section, text)


def main() -> int:
    """Write the page, or with --check exit 1 when it is stale."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing; exit 1 when the page is stale")
    before = FILE.read_text()
    if not arguments.parse_args().check:
        FILE.write_text(written(before))
    elif written(before) != before:
        print("error: the page of errors is stale: run python -m tools.errors", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
