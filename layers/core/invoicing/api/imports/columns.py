"""Columns of CSV: named by the paths of the API's fields, and read as the schema of a body says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.imports.cells import Kind

_STEP = re.compile(r"(?:^|\.)([^.\[\]]+)|\[(\d{1,3})\]")
_ANY = "…"

type Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; its values stand at a path of the body."""

    path: Path
    kind: Kind


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a body, by the JSON schema of its model."""

    schema: Mapping[str, Any]
    root: Mapping[str, Any]

    @property
    def names(self) -> frozenset[str]:
        """The names of the members of the body."""
        return frozenset(self.schema["properties"])

    def column(self, name: str) -> Column | None:
        """Return the column of a name such as ``address.city`` or ``tax_ids[0].type``; None for no field."""
        path = path_of(name)
        found = self._alternatives(self.schema)
        for step in path:
            found = [each for one in found for each in self._member(one, step)]
        kinds: list[Kind] = [kind for kind in map(_kind, found) if kind]
        return Column(path, kinds[0]) if path and kinds else None

    def paths(self) -> Iterator[str]:
        """Return the names of all columns; of a list those of its first entry."""
        yield from self._paths(self.schema, "")

    def items(self, name: str) -> "Fields":
        """Return the fields of the entries of a list."""
        return Fields(next(each for each in self._member(self.schema, name, 0)), self.root)

    def _paths(self, schema: Mapping[str, Any], prefix: str) -> Iterator[str]:
        for name, member in schema.get("properties", {}).items():
            path = f"{prefix}{name}"
            for each in self._alternatives(member):
                if _kind(each):
                    yield path
                elif each.get("type") == "array":
                    yield from self._entries(each, f"{path}[0]")
                elif each.get("additionalProperties"):
                    yield f"{path}.{_ANY}"
                else:
                    yield from self._paths(each, f"{path}.")

    def _entries(self, schema: Mapping[str, Any], path: str) -> Iterator[str]:
        for each in self._alternatives(schema["items"]):
            if _kind(each):
                yield path
            else:
                yield from self._paths(each, f"{path}.")

    def _member(self, schema: Mapping[str, Any], *steps: str | int) -> list[Mapping[str, Any]]:
        found = [schema]
        for step in steps:
            found = [each for one in found for each in self._alternatives(_at(one, step))]
        return found

    def _alternatives(self, schema: Any) -> list[Mapping[str, Any]]:
        """Return the schemas that a value may have, references followed."""
        if not isinstance(schema, Mapping):
            return []
        if "$ref" in schema:
            return self._alternatives(self.root["$defs"][schema["$ref"].rpartition("/")[2]])
        if "anyOf" in schema:
            return [each for one in schema["anyOf"] for each in self._alternatives(one)]
        return [schema]


def path_of(name: str) -> Path:
    """Return the steps of a name; nothing for what is none."""
    steps = list(_STEP.finditer(name))
    if "".join(step[0] for step in steps) != name:
        return ()
    return tuple(step[1] if step[2] is None else int(step[2]) for step in steps)


def put(body: dict[Any, Any], path: Path, value: Any) -> None:
    """Put a value at a path; entries of lists are kept by their number until `closed`."""
    for step in path[:-1]:
        body = body.setdefault(step, {})
    body[path[-1]] = value


def join(body: dict[Any, Any], more: Mapping[Any, Any], name: str = "") -> None:
    """Put what another row says of the same into a body; `ValidationFailed` ``ROWS_DIFFER``."""
    for step, value in more.items():
        path = f"{name}[{step}]" if isinstance(step, int) else f"{name}.{step}".removeprefix(".")
        known = body.setdefault(step, {} if isinstance(value, dict) else value)
        if isinstance(value, dict):
            join(known, value, path)
        elif known != value:
            message = f"{path} differs between the rows of one invoice."
            raise ValidationFailed(Detail(path, message, "ROWS_DIFFER", value))


def clashing(paths: Mapping[str, Path]) -> list[str]:
    """Return the names of columns of which two say the same, or one a part of what the other says."""
    named: dict[Path, list[str]] = {}
    for name, path in paths.items():
        named.setdefault(path, []).append(name)
    clashes: set[str] = set()
    for path, names in named.items():
        above = [each for end in range(1, len(path)) for each in named.get(path[:end], ())]
        clashes |= {*names, *above} if above or len(names) > 1 else set()
    return sorted(clashes)


def closed(body: Any) -> Any:
    """Return a body with its lists: the entries in the order of their numbers, without gaps."""
    if not isinstance(body, dict):
        return body
    if body and all(isinstance(step, int) for step in body):
        return [closed(body[step]) for step in sorted(body)]
    return {step: closed(value) for step, value in body.items()}


def _at(schema: Mapping[str, Any], step: str | int) -> Any:
    if isinstance(step, int):
        return schema.get("items") if step < schema.get("maxItems", 0) else None
    member = schema.get("properties", {}).get(step)
    return member or schema.get("additionalProperties")


def _kind(schema: Mapping[str, Any]) -> Kind | None:
    types = schema.get("type")
    known: Sequence[Any] = types if isinstance(types, list) else [types]
    if "number" in known or "integer" in known:
        return "number"
    if "boolean" in known:
        return "boolean"
    if "string" in known or "enum" in schema or "const" in schema:
        return "date" if schema.get("format") == "date" else "text"
    return None
