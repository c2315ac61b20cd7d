"""Describes the schemas of docs/openapi.json and their fields, as the tables in tools/openapi_fields/ say.

A row is ``schemas|field|meaning``. Without schemas it is the meaning of a field of that name wherever no row names the
schema; without a field it is the meaning of the schema. The tables stand here and not at the models, because a function
would load at each cold start what only this document shows. A new resource adds a table of its own.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tools.openapi_enums import ENUMS

TABLES = Path(__file__).resolve().parent / "openapi_fields"

Object = dict[str, Any]
Meanings = dict[tuple[str, str], str]

FORMATS = {
    "date-time": re.compile(r"(?!send_at$).*_at|at|timestamp|now|target|since"),
    "date": re.compile(
        r".*_date|date|until|mute_until|books_locked_until|last_day|(first|last)_skipped|effective_from|start|end"
    ),
    "uri": re.compile(r".*_url|url"),
}
"""The formats of texts in responses, by the names of fields."""


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield schema, field and meaning of each row of each table; `ValueError` for a row that has not three cells."""
    for table in sorted(TABLES.glob("*.psv")):
        for row in table.read_text().splitlines():
            schemas, field, meaning = row.split("|")
            for schema in schemas.split() or [""]:
                yield schema, field, meaning


@cache
def meanings() -> Meanings:
    """Return the meaning of each field by schema and name; `ValueError` when one is declared twice."""
    found: Meanings = {}
    for schema, field, meaning in rows():
        if (schema, field) in found:
            raise ValueError(f"tools/openapi_fields/: {schema}.{field} is declared twice")
        found[schema, field] = meaning
    return found


def described(name: str, schema: Object) -> Object:
    """Return a schema of components with the descriptions of itself and of its fields; own words stay."""
    own = meanings().get((name, ""))
    found: Object = ({"description": own} if own else {}) | _with_fields(name, schema)
    return found


def _with_fields(name: str, node: Any) -> Any:
    """Return a schema with its fields described, wherever in it they are."""
    if isinstance(node, list):
        return [_with_fields(name, each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {field: _field(name, field, each) for field, each in value.items()}
        if key == "properties"
        else _with_fields(name, value)
        for key, value in node.items()
    }


def _field(name: str, field: str, schema: Object) -> Object:
    meaning = meanings().get((name, field)) or meanings().get(("", field))
    words = {"description": meaning} if meaning and "description" not in schema else {}
    typed = schema if name.endswith(("Input", "Changes")) else _with_values(name, field, schema)
    found: Object = words | _with_fields(name, typed)
    return found


def _with_values(name: str, field: str, schema: Object) -> Object:
    """Return the schema of a field of a response with its values or format, where it is a plain text."""
    if "anyOf" in schema:
        return schema | {"anyOf": [_with_values(name, field, each) for each in schema["anyOf"]]}
    if schema.keys() - {"description"} != {"type"} or schema["type"] != "string":
        return schema
    if values := ENUMS.get((name, field)):
        return schema | {"enum": list(values)}
    format_ = next((name for name, names in FORMATS.items() if names.fullmatch(field)), None)
    return schema | ({"format": format_} if format_ else {})
