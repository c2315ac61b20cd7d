"""The webhooks of docs/openapi.json: what is posted of each type of event (docs/reference/webhooks.md)."""

from collections.abc import Mapping
from typing import Any

from invoicing.domain.events.event import EventType
from invoicing.domain.events.registry import event_types

Object = dict[str, Any]

_TEXT = {"type": "string"}
PARAMETERS: Object = {
    "webhook-id": "The `id` of the event: the same in each attempt.",
    "webhook-timestamp": "When the attempt was made, in seconds since 1970.",
    "webhook-signature": "Signatures of id, timestamp and body, as the Standard Webhooks specification has them.",
    "X-AQNT-Event-ID": "The `id` of the event, as in `webhook-id`.",
    "X-AQNT-Timestamp": "When the attempt was made, as in `webhook-timestamp`.",
    "X-AQNT-Signature": "`sha256=` and the HMAC-SHA256 of the body in hex; two while a secret rotates.",
}
"""The headers of what is posted."""

SCHEMAS: Object = {
    "WebhookPayload": {
        "description": "An event, as it is posted to a webhook: the same bytes in each attempt.",
        "type": "object",
        "required": ["event", "data", "meta"],
        "properties": {
            "event": _TEXT | {"description": "The type of the event; ignore types that you do not know."},
            "data": {"type": "object", "description": "A summary of the resource when the event was recorded."},
            "meta": {"$ref": "#/components/schemas/WebhookMeta", "description": "Facts about the event."},
        },
    },
    "WebhookMeta": {
        "description": "Facts about an event that is posted to a webhook.",
        "type": "object",
        "required": ["event_id", "timestamp", "version", "sequence", "mode", "imported"],
        "properties": {
            "event_id": _TEXT | {"description": "The `id` of the event; drop what you have seen."},
            "timestamp": _TEXT | {"format": "date-time", "description": "When it happened."},
            "version": {"const": "v1", "description": "The version of the payload."},
            "sequence": {"type": "integer", "minimum": 1},
            "mode": {"enum": ["live", "test"]},
            "imported": {"type": "boolean", "description": "Whether it happened in another system and was imported."},
        },
    },
}


def parameters() -> Object:
    """Return the headers as components."""
    return {
        name: {"name": name, "in": "header", "required": True, "description": words, "schema": _TEXT}
        for name, words in PARAMETERS.items()
    }


def summary_of(event_type: EventType[Any]) -> type:
    """Return the typed dict that `data` of a type of event is."""
    found: type = event_type.summary.__annotations__["return"]
    return found


def webhooks(schemas: Mapping[Any, Object]) -> Object:
    """Return an operation for each type of event, which clients implement; ``schemas`` are those of summaries."""
    return {
        name: {"post": _operation(name, event_type.meaning, schemas[summary_of(event_type)])}
        for name, event_type in event_types().items()
    }


def _operation(name: str, meaning: str, data: Object) -> Object:
    payload = {"$ref": "#/components/schemas/WebhookPayload"}
    properties = {
        "event": {"const": name, "description": "The type of the event."},
        "data": data | {"description": "A summary of the resource when the event was recorded."},
    }
    only = {"type": "object", "properties": properties}
    return {
        "operationId": f"receive_{name.replace('.', '_')}",
        "tags": ["webhooks"],
        "summary": f"Receive {name}",
        "description": meaning,
        "security": [],
        "parameters": [{"$ref": f"#/components/parameters/{each}"} for each in PARAMETERS],
        "requestBody": {
            "description": "The event.",
            "required": True,
            "content": {"application/json": {"schema": {"allOf": [payload, only]}}},
        },
        "responses": {
            "2XX": {"description": "The event was received: it is not posted again."},
            "4XX": {"description": "Posted again later, like any response but 2xx; 410 disables the webhook."},
        },
    }
