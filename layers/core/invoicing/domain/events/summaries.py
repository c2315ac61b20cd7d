"""Members that the summaries of several resources share."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from invoicing.domain.deliveries.delivery import Delivery


def email_order(delivery: "Delivery | None") -> Mapping[str, Any]:
    """Say whether an e-mail follows from the event, and which."""
    return {"email_requested": False} if delivery is None else {"email_requested": True, "delivery_id": delivery.id}


def customer_of(data: Mapping[str, Any]) -> str | None:
    """Return the customer of an event by its data: the resource itself, or whose it is."""
    customer_id: str | None = data.get("id" if data.get("object") == "customer" else "customer_id")
    return customer_id


def changed_fields(names: Sequence[str]) -> Mapping[str, Any]:
    """Name the changed fields as the API does."""
    return {"changed": list(names)} if names else {}
