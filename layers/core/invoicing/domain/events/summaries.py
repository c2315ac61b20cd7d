"""Members that the summaries of several resources share."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

if TYPE_CHECKING:
    from invoicing.domain.deliveries.delivery import Delivery


class EmailOrder(TypedDict):
    """Whether e-mails follow from the event, and which."""

    email_requested: bool
    delivery_ids: NotRequired[list[str]]


class DocumentOrder(TypedDict, total=False):
    """Which e-mails follow, and what they are about where that is not the resource of the event."""

    email_requested: bool
    delivery_ids: list[str]
    document: str
    document_id: str


class EmailEnd(TypedDict, total=False):
    """Of which delivery the event is, and why it failed."""

    delivery_id: str
    failure: str


class ChangedFields(TypedDict, total=False):
    """The changed fields, as the API names them."""

    changed: list[str]


def email_order(deliveries: "Sequence[Delivery]") -> EmailOrder:
    """Say whether e-mails follow from the event, and which."""
    ids = [delivery.id for delivery in deliveries]
    return {"email_requested": True, "delivery_ids": ids} if ids else {"email_requested": False}


def document_order(deliveries: "Sequence[Delivery]") -> DocumentOrder:
    """Say which e-mails follow, and what they are about where that is not the resource of the event."""
    if not deliveries:
        return {}
    document, document_id = deliveries[0].document_kind, deliveries[0].document_id
    return {**email_order(deliveries), "document": document, "document_id": document_id}


def email_end(delivery: "Delivery | None") -> EmailEnd:
    """Say of which delivery the event is, and why it failed."""
    if delivery is None:
        return {}
    return (
        {"delivery_id": delivery.id, "failure": delivery.failure} if delivery.failure else {"delivery_id": delivery.id}
    )


def customer_of(data: Mapping[str, Any]) -> str | None:
    """Return the customer of an event by its data: the resource itself, or whose it is."""
    customer_id: str | None = data.get("id" if data.get("object") == "customer" else "customer_id")
    return customer_id


def changed_fields(names: Sequence[str]) -> ChangedFields:
    """Name the changed fields as the API does."""
    return {"changed": list(names)} if names else {}
