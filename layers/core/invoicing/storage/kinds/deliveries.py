"""Deliveries, and the indexes of their list."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from invoicing.domain.calendar import instant_text
from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.deliveries.mail_event import MailEvent, Outcome
from invoicing.identifiers import expires_at
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.index import Index, Texts
from invoicing.storage.dynamodb.record import DocumentRecord, Listing
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

DELIVERIES_KEPT = timedelta(days=400)

PROBLEMS = frozenset({"unconfirmed", "failed", "bounced", "complained"})
"""The states with an index of their own: few deliveries have them, and they are what people look for."""


def delivery_texts(delivery: Delivery) -> Texts:
    """Return the fields of a delivery that lists filter or sort by."""
    return {
        "id": delivery.id,
        "status": str(delivery.status),
        "recipient": mailbox_of(delivery.recipient or ""),
        CREATED: instant_text(delivery.created_at),
    }


DELIVERY_LISTING = Listing(
    indexes=(
        Index(name="by_created", partition="pk", range="created", field=CREATED),
        Index(
            name="by_recipient",
            partition="recipient",
            within="recipient",
            range="created",
            field=CREATED,
            within_rank=1,
        ),
        Index(name="by_problem", partition="problem", within="status", range="created", field=CREATED, only=PROBLEMS),
    ),
    texts=delivery_texts,
)

_USUALLY_EMPTY = ("copy", "attempted_at", "history", "announced")


def delivery_from(values: dict[str, Any]) -> Delivery:
    """Read the delivery of an unpacked item."""
    return Delivery(
        **values
        | item_codec.instants(values, "created_at", "updated_at", "attempted_at")
        | {name: tuple(values[name]) for name in ("to", "cc")}
        | {
            "status": DeliveryStatus(values["status"]),
            "history": tuple(map(_mail_event, values.get("history", ()))),
            "announced": tuple(map(DeliveryStatus, values.get("announced", ()))),
        }
    )


def _mail_event(values: dict[str, Any]) -> MailEvent:
    return MailEvent(**values | item_codec.instants(values, "at") | {"outcome": Outcome(values["outcome"])})


def delivery_values(delivery: Delivery) -> dict[str, Any]:
    """Return what is packed."""
    values = {each.name: getattr(delivery, each.name) for each in fields(delivery)}
    return {name: value for name, value in values.items() if value or name not in _USUALLY_EMPTY}


@stores(Delivery)
class DeliveryRecord(DocumentRecord):
    """A delivery; it expires."""

    read = delivery_from
    write = delivery_values
    listing = DELIVERY_LISTING
    indexed = staticmethod(DELIVERY_LISTING.index_values)

    class Meta:
        table_name = TableName("deliveries")

    created, recipient, problem = (UnicodeAttribute(null=True) for _ in range(3))
    expires_at = NumberAttribute()

    @classmethod
    def values(cls, entity: Delivery) -> dict[str, Any]:
        return super().values(entity) | {"expires_at": expires_at(entity.id, DELIVERIES_KEPT)}
