"""The schemas of docs/openapi.json: what request bodies and answers are made of."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

Object = dict[str, Any]

_PRUNED = {"schemas", "responses", "headers"}
_REFERENCE = re.compile(r'"#/components/(\w+)/([\w.-]+)"')


@dataclass(frozen=True)
class Schemas:
    """``of`` a type: where its schema is; ``components`` are all schemas, and envelopes as they are found."""

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
        components={name.removesuffix("Output"): _tidy(_undocumented(schema)) for name, schema in components.items()},
    )


def pruned(document: Object) -> Object:
    """A document without the schemas, responses and headers that nothing in it refers to."""
    named = set(_REFERENCE.findall(json.dumps(document)))
    components = {
        kind: {name: each for name, each in parts.items() if kind not in _PRUNED or (kind, name) in named}
        for kind, parts in document["components"].items()
    }
    return document if components == document["components"] else pruned(document | {"components": components})


def _undocumented(schema: Object) -> Object:
    """A schema without the docstring of its class, which is for those who read the code."""
    return {name: value for name, value in schema.items() if name != "description"}


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
