"""Members that the summaries of several resources share."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from invoicing.domain.deliveries.delivery import Delivery


def email_order(deliveries: "Sequence[Delivery]") -> Mapping[str, Any]:
    """Say whether e-mails follow from the event, and which."""
    ids = [delivery.id for delivery in deliveries]
    return {"email_requested": True, "delivery_ids": ids} if ids else {"email_requested": False}


def document_order(deliveries: "Sequence[Delivery]") -> Mapping[str, Any]:
    """Say which e-mails follow, and what they are about where that is not the resource of the event."""
    if not deliveries:
        return {}
    about = {"document": deliveries[0].document_kind, "document_id": deliveries[0].document_id}
    return {**email_order(deliveries), **about}


def email_end(delivery: "Delivery | None") -> Mapping[str, Any]:
    """Say of which delivery the event is, and why it failed."""
    if delivery is None:
        return {}
    return {"delivery_id": delivery.id, **({"failure": delivery.failure} if delivery.failure else {})}


def customer_of(data: Mapping[str, Any]) -> str | None:
    """Return the customer of an event by its data: the resource itself, or whose it is."""
    customer_id: str | None = data.get("id" if data.get("object") == "customer" else "customer_id")
    return customer_id


def changed_fields(names: Sequence[str]) -> Mapping[str, Any]:
    """Name the changed fields as the API does."""
    return {"changed": list(names)} if names else {}
