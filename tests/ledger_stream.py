"""The ledger table's stream, as Lambda tells it."""

from base64 import b64encode
from collections.abc import Iterable
from typing import Any


def stream_of(items: Iterable[dict[str, Any]], name: str = "INSERT") -> dict[str, Any]:
    """Lambda's event of stored items, with binary values in base64."""
    return {"Records": [{"eventName": name, "dynamodb": {"NewImage": image_of(item)}} for item in items]}


def image_of(item: dict[str, Any]) -> dict[str, Any]:
    """An item as the stream shows it."""
    return {
        name: {kind: b64encode(of).decode() if kind == "B" else of for kind, of in value.items()}
        for name, value in item.items()
    }
