"""What the summaries of several resources have in common."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from invoicing.domain.deliveries.delivery import Delivery


def email_order(delivery: "Delivery | None") -> Mapping[str, Any]:
    """Whether an e-mail follows from the event, and which."""
    return {"email_requested": False} if delivery is None else {"email_requested": True, "delivery_id": delivery.id}


def changed_fields(names: Sequence[str]) -> Mapping[str, Any]:
    """The names of the fields that changed, in the API's words."""
    return {"changed": list(names)} if names else {}
