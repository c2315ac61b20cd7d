"""Writes what docs/ says of event types from the registry; with --check it only compares.

That is the tables of docs/reference/events.md, and docs/events.schema.json, a JSON Schema of what rules on the event
bus get of each type.
"""

import argparse
import json
import re
import sys
from typing import Any

from tools.openapi import ROOT  # isort: skip  # makes the package invoicing importable
from invoicing.api.outputs.events import ActorOutput
from invoicing.domain.events.registry import event_types
from invoicing.messaging.bus import SOURCE
from tools.openapi_fields import described
from tools.openapi_schemas import Object, schemas_of
from tools.openapi_webhooks import summary_of

FILE = ROOT / "docs" / "reference" / "events.md"
SCHEMA = ROOT / "docs" / "events.schema.json"
TABLE = re.compile(r"(?<=\n## )([A-Z][a-z ]+) events\n\n\| Type \| When \|\n\|---\|---\|\n(?:\|.*\n)+")

_DETAIL: Object = {
    "description": "What happened.",
    "type": "object",
    "required": ["event_id", "account", "resource_id", "sequence", "actor", "occurred_at", "data"],
    "properties": {
        "event_id": {"type": "string", "description": "The `id` of the event; drop what you have seen."},
        "account": {"type": "string", "description": "`acc_…` for live data, `acc_…#test` for test data."},
        "resource_id": {"type": "string", "description": "The `id` of the resource that the event is about."},
        "sequence": {
            "type": "integer",
            "minimum": 1,
            "description": "The number of the event among those of its resource, from 1 without gaps.",
        },
        "actor": {"$ref": "#/$defs/Actor", "description": "Who caused the event."},
        "occurred_at": {"type": "string", "format": "date-time", "description": "When it happened."},
        "data": {"type": "object", "description": "A summary of the resource when the event was recorded."},
    },
}


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


def schema() -> str:
    """The JSON Schema of events on the bus: one of its types, each under its name in ``$defs``."""
    types = event_types()
    schemas = schemas_of([], [ActorOutput, *map(summary_of, types.values())])
    shared = {name: described(name, each) for name, each in sorted(schemas.components.items())}
    of_types = {name: _of_type(name, each.meaning, schemas.of[summary_of(each)]) for name, each in types.items()}
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Events on the event bus",
        "description": "An event as EventBridge hands it to rules. Ignore types and members that you do not know.",
        "type": "object",
        "required": ["source", "detail-type", "detail"],
        "properties": {
            "source": {"const": SOURCE},
            "detail-type": {"type": "string", "description": "The type of the event."},
            "detail": {"$ref": "#/$defs/Detail"},
        },
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in types],
        "$defs": of_types | {"Detail": _DETAIL} | shared,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False).replace("#/components/schemas/", "#/$defs/") + "\n"


def _of_type(name: str, meaning: str, data: Any) -> Object:
    return {
        "description": meaning,
        "properties": {"detail-type": {"const": name}, "detail": {"properties": {"data": data}}},
    }


def main() -> int:
    """Write the files, or with --check exit 1 when one is stale."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is stale")
    check = arguments.parse_args().check
    files = {FILE: written(FILE.read_text()), SCHEMA: schema()}
    stale = [file for file, text in files.items() if not file.exists() or file.read_text() != text]
    for file in stale:
        if check:
            print(f"error: {file.relative_to(ROOT)} is stale: run python -m tools.events", file=sys.stderr)
        else:
            file.write_text(files[file])
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
