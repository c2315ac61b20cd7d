"""Messages of the queues, as EventBridge writes them from what is stored."""

from typing import Any

from invoicing import exact_json
from invoicing.messaging.bus import detail_of
from invoicing.storage.kinds.events import EventRecord
from tests.aws import Aws


def message_of(item: dict[str, Any], message_id: str | None = None) -> dict[str, Any]:
    """The message about the event of a stored item; its id is that of the event, unless it is given."""
    event = EventRecord.entity_of(item)
    body = exact_json.dumps({"detail-type": event.type, "detail": detail_of(event)}).decode()
    return {"messageId": message_id or event.id, "eventSource": "aws:sqs", "body": body}


def messages_of(aws: Aws) -> list[dict[str, Any]]:
    """The messages about all events, the oldest first."""
    return [message_of(item) for item in sorted(aws.items("events"), key=lambda item: str(item["sk"]["S"]))]
