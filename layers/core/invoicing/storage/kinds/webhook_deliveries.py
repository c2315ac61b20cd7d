"""Deliveries of webhooks, and the index of the list of each endpoint; they expire.

Those that wait stand in the index of due work, in a shard of their endpoint that no tick reads: its state does so.
"""

from dataclasses import fields
from datetime import timedelta
from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from invoicing.domain.calendar import instant_text
from invoicing.domain.due_work import DueWork, Work
from invoicing.domain.webhooks.delivery import Attempt, WebhookDelivery
from invoicing.identifiers import expires_at
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.due_work import due_work_values, shard_of_webhook
from invoicing.storage.dynamodb.index import Index, Texts
from invoicing.storage.dynamodb.record import DocumentRecord, Listing
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

WEBHOOK_DELIVERIES_KEPT = timedelta(days=90)

_INSTANTS = ("created_at", "next_attempt_at", "waits_until", "not_before")


def webhook_delivery_texts(delivery: WebhookDelivery) -> Texts:
    """Return the fields of a delivery that lists filter or sort by."""
    return {
        "id": delivery.id,
        "webhook_id": delivery.webhook_id,
        "status": delivery.status,
        "event_id": delivery.event_id,
        CREATED: instant_text(delivery.created_at),
    }


WEBHOOK_DELIVERY_LISTING = Listing(
    indexes=(
        Index(
            name="by_webhook",
            partition="webhook",
            within="webhook_id",
            range="created",
            field=CREATED,
            within_rank=1,
        ),
    ),
    texts=webhook_delivery_texts,
)


def webhook_delivery_from(values: dict[str, Any]) -> WebhookDelivery:
    """Read the delivery of an unpacked item."""
    attempts = tuple(Attempt(**each | item_codec.instants(each, "at")) for each in values.get("attempts", ()))
    return WebhookDelivery(**values | item_codec.instants(values, *_INSTANTS) | {"attempts": attempts})


def webhook_delivery_values(delivery: WebhookDelivery) -> dict[str, Any]:
    """Return what is packed: all that is not as in every delivery."""
    values = ((each, getattr(delivery, each.name)) for each in fields(delivery))
    return {each.name: value for each, value in values if value != each.default}


@stores(WebhookDelivery)
class WebhookDeliveryRecord(DocumentRecord):
    """A delivery of a webhook."""

    read = webhook_delivery_from
    write = webhook_delivery_values
    listing = WEBHOOK_DELIVERY_LISTING
    indexed = staticmethod(WEBHOOK_DELIVERY_LISTING.index_values)

    class Meta:
        table_name = TableName("webhooks")

    webhook, created = (UnicodeAttribute(null=True) for _ in range(2))
    due_shard, due_at = (UnicodeAttribute(null=True) for _ in range(2))
    expires_at = NumberAttribute()

    @classmethod
    def values(cls, entity: WebhookDelivery) -> dict[str, Any]:
        waits = _waiting(entity) if entity.waits_until else {}
        return super().values(entity) | waits | {"expires_at": expires_at(entity.id, WEBHOOK_DELIVERIES_KEPT)}


def _waiting(delivery: WebhookDelivery) -> dict[str, str]:
    due = DueWork(delivery.waits_until or delivery.created_at, Work.JOB)
    return due_work_values("WebhookDelivery", delivery.id, due, shard_of_webhook(delivery.account, delivery.webhook_id))
