"""Writes the tables of event types in docs/reference/events.md from the registry; with --check it only compares."""

import argparse
import re
import sys

from tools.openapi import ROOT  # isort: skip  # makes the package invoicing importable
from invoicing.domain.events.registry import event_types

FILE = ROOT / "docs" / "reference" / "events.md"
TABLE = re.compile(r"(?<=\n## )([A-Z][a-z ]+) events\n\n\| Type \| When \|\n\|---\|---\|\n(?:\|.*\n)+")


def written(text: str) -> str:
    """The page with the tables of all event types; `ValueError` when a resource has no section."""
    sections: dict[str, list[str]] = {}
    for name, event_type in event_types().items():
        resource = name.partition(".")[0].replace("_", " ").capitalize()
        sections.setdefault(resource, []).append(f"| `{name}` | {event_type.meaning} |\n")
    found = {match[1] for match in TABLE.finditer(text)}
    if found != set(sections):
        raise ValueError(f"sections of {FILE.name} are {sorted(found)}, resources {sorted(sections)}")

    def table(match: re.Match[str]) -> str:
        return f"{match[1]} events\n\n| Type | When |\n|---|---|\n{''.join(sections[match[1]])}"

    return TABLE.sub(table, text)


def main() -> int:
    """Write the page, or with --check exit 1 when it is stale."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing; exit 1 when the page is stale")
    before = FILE.read_text()
    if not arguments.parse_args().check:
        FILE.write_text(written(before))
    elif written(before) != before:
        print("error: the page of events is stale: run python -m tools.events", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
