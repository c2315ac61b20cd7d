"""Rosters of webhooks, one for each account and mode."""

from typing import Any

from invoicing.domain.webhooks.webhook import Subscription, WebhookRoster
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def webhook_roster_from(values: dict[str, Any]) -> WebhookRoster:
    """Read the roster of an unpacked item."""
    known = (Subscription(**each | {"events": tuple(each["events"])}) for each in values["webhooks"])
    return WebhookRoster(**values | {"webhooks": tuple(known)})


@stores(WebhookRoster)
class WebhookRosterRecord(DocumentRecord):
    """The webhooks of an account."""

    read = webhook_roster_from

    class Meta:
        table_name = TableName("webhooks")
