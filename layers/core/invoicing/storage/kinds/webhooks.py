"""Webhooks, of which the roster names all."""

from typing import Any

from invoicing.domain.webhooks.webhook import Webhook
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.record import ResourceRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

_INSTANTS = ("created_at", "updated_at", "disabled_at", "enabled_at", "previous_expires_at")


def webhook_from(values: dict[str, Any]) -> Webhook:
    """Read the webhook of an unpacked item."""
    instants = item_codec.instants(
        values, "created_at", "updated_at", "disabled_at", "enabled_at", "previous_expires_at"
    )
    return Webhook(**values | instants | {"events": tuple(values["events"])})


@stores(Webhook)
class WebhookRecord(ResourceRecord):
    """A webhook."""

    read = webhook_from

    class Meta:
        table_name = TableName("webhooks")
