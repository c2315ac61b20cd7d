"""Events as docs/events.schema.json has them: whatever tests store in memory is held to it."""

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from invoicing import exact_json
from invoicing.domain.events.event import Event
from invoicing.messaging.bus import SOURCE, detail_of
from tests.template import ROOT

_known: set[Any] = set()
"""Shapes of data that were found right: most events of a test look like one before."""


@cache
def schema() -> dict[str, Any]:
    """The schema, with summaries that have no members but those that are declared."""
    found: dict[str, Any] = json.loads((ROOT / "docs" / "events.schema.json").read_text())
    for name, each in found["$defs"].items():
        if name.endswith("Summary"):
            each["additionalProperties"] = False
    return found


@cache
def _validator(event_type: str) -> Draft202012Validator:
    one = {"allOf": [{"$ref": f"#/$defs/{event_type}"}]}
    return Draft202012Validator({name: each for name, each in schema().items() if name != "oneOf"} | one)


def on_the_bus(event: Event) -> dict[str, Any]:
    """An event as EventBridge hands it to rules."""
    detail = exact_json.loads(exact_json.dumps(detail_of(event)))
    return {"source": SOURCE, "detail-type": event.type, "detail": detail}


def faults(event: Event) -> list[str]:
    """What is not as the schema of an event's type says; of a type without one nothing is."""
    if event.type not in schema()["$defs"]:
        return []
    return [f"{error.json_path}: {error.message}" for error in _validator(event.type).iter_errors(on_the_bus(event))]


def assert_documented(*events: Event) -> None:
    """Hold events to their schemas, unless one with such data was."""
    for event in events:
        data = event.data
        shape = (event.type, data.get("status"), *((name, type(data[name])) for name in data))
        if shape not in _known:
            assert not (found := faults(event)), (event, found)
            _known.add(shape)
