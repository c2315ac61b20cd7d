"""The states of endpoints, beside their webhooks; one that something waits for is in the index of due work."""

from datetime import datetime
from typing import Any

from invoicing.domain.webhooks.state import WebhookState, due_state
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.job_record import JobRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import prefix_of, stores


def webhook_state_from(values: dict[str, Any]) -> WebhookState:
    """Read the state of an unpacked item."""
    under_way = tuple((each, datetime.fromisoformat(until)) for each, until in values["under_way"])
    parts = {"under_way": under_way, "failed_events": tuple(values["failed_events"])} | {
        "replays": tuple(values["replays"])
    }
    return WebhookState(**values | item_codec.instants(values, "failing_since", "due_at", "waited_at") | parts)


@stores(WebhookState)
class WebhookStateRecord(JobRecord):
    """How an endpoint does."""

    read = webhook_state_from
    due_work = due_state

    class Meta:
        table_name = TableName("webhooks")

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, prefix_of("WebhookState") + identifier
