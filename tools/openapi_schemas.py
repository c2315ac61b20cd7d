"""The schemas of docs/openapi.json: what request bodies and answers are made of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

Object = dict[str, Any]


@dataclass(frozen=True)
class Schemas:
    """``of`` a type: where its schema is; ``components`` are all schemas."""

    of: dict[Any, Object]
    components: Object


class _Generator(GenerateJsonSchema):
    """Numbers are numbers, and names need no titles."""

    def decimal_schema(self, schema: Any) -> Object:  # noqa: ARG002
        return {"type": "number"}

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False


def schemas_of(bodies: Iterable[Any], answers: Iterable[Any]) -> Schemas:
    """The schemas of models that clients send and of types that they receive."""
    modes: dict[Any, JsonSchemaMode] = dict.fromkeys(bodies, "validation")
    modes |= dict.fromkeys(answers, "serialization")
    adapters: list[tuple[Any, JsonSchemaMode, TypeAdapter[Any]]] = [
        (kind, mode, TypeAdapter(kind)) for kind, mode in modes.items()
    ]
    of, definitions = TypeAdapter.json_schemas(
        adapters, ref_template="#/components/schemas/{model}", schema_generator=_Generator
    )
    components = definitions.get("$defs", {})
    return Schemas(
        of={kind: _tidy(schema) for (kind, _), schema in of.items()},
        components={name.removesuffix("Output"): _tidy(schema) for name, schema in components.items()},
    )


def markdown(docstring: str) -> str:
    """A docstring on one line."""
    return re.sub(r"\s+", " ", docstring.replace("``", "`"))


def _tidy(node: Any) -> Any:
    """A schema in our words: exact numbers, Markdown, no titles, and answers named for what they are."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    tidy = {name: _tidy(value) for name, value in node.items() if not _is_noise(name, value)}
    if isinstance(reference := tidy.get("$ref"), str):
        tidy["$ref"] = reference.removesuffix("Output")
    if isinstance(text := tidy.get("description"), str):
        tidy["description"] = markdown(text)
    return tidy | ({"format": "decimal"} if tidy.get("type") == "number" else {})


def _is_noise(name: str, value: Any) -> bool:
    return (name == "title" and isinstance(value, str)) or (name == "default" and value is None)
