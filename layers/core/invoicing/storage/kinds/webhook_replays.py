"""Replays of webhooks; they expire."""

from datetime import timedelta
from typing import Any

from pynamodb.attributes import NumberAttribute

from invoicing.domain.webhooks.replay import WebhookReplay
from invoicing.identifiers import expires_at
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

REPLAYS_KEPT = timedelta(days=90)


def webhook_replay_from(values: dict[str, Any]) -> WebhookReplay:
    """Read the replay of an unpacked item."""
    return WebhookReplay(**values | item_codec.instants(values, "begins", "ends", "created_at"))


@stores(WebhookReplay)
class WebhookReplayRecord(DocumentRecord):
    """A replay."""

    read = webhook_replay_from

    class Meta:
        table_name = TableName("webhooks")

    expires_at = NumberAttribute()

    @classmethod
    def values(cls, entity: WebhookReplay) -> dict[str, Any]:
        return super().values(entity) | {"expires_at": expires_at(entity.id, REPLAYS_KEPT)}
