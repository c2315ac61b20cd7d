"""Deliveries: requested e-mails."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

from pynamodb.attributes import NumberAttribute

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.identifiers import expires_at
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

DELIVERIES_KEPT = timedelta(days=400)


def delivery_from(values: dict[str, Any]) -> Delivery:
    """Read the delivery of an unpacked item."""
    return Delivery(
        **values
        | item_codec.instants(values, "created_at", "updated_at", "attempted_at")
        | {name: tuple(values[name]) for name in ("to", "cc", "bcc")}
        | {"status": DeliveryStatus(values["status"])}
    )


def delivery_values(delivery: Delivery) -> dict[str, Any]:
    """Return what is packed; most deliveries are not being sent at the moment."""
    values = {each.name: getattr(delivery, each.name) for each in fields(delivery)}
    if delivery.attempted_at is None:
        del values["attempted_at"]
    return values


@stores(Delivery)
class DeliveryRecord(DocumentRecord):
    """A delivery; it expires."""

    read = delivery_from
    write = delivery_values

    class Meta:
        table_name = TableName("deliveries")

    expires_at = NumberAttribute()

    @classmethod
    def values(cls, entity: Delivery) -> dict[str, Any]:
        return super().values(entity) | {"expires_at": expires_at(entity.id, DELIVERIES_KEPT)}
