"""Events of customers."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from invoicing.domain.calendar import instant_text
from invoicing.domain.events.event import EventType
from invoicing.domain.events.summaries import changed_fields

if TYPE_CHECKING:
    from invoicing.domain.parties.customer import Customer


def customer_summary(customer: "Customer", *, changed: Sequence[str] = ()) -> Mapping[str, Any]:
    """Summarize a customer; its id is the only personal data.

    ``archived`` distinguishes two kinds of deletion: a customer that is deleted and not archived no longer exists.
    """
    return {
        "id": customer.id,
        "object": "customer",
        "version": customer.version,
        "archived": customer.archived_at is not None,
        "created_at": instant_text(customer.created_at),
        **changed_fields(changed),
    }


def _type(happened: str, meaning: str) -> "EventType[Customer]":
    return EventType(f"customer.{happened}", meaning, customer_summary)


CUSTOMER_CREATED = _type("created", "A customer was created.")
CUSTOMER_UPDATED = _type("updated", "A customer was changed; `changed` names the fields.")
CUSTOMER_DELETED = _type(
    "deleted", "A customer was removed, or archived because it has invoices or payments; `archived` says which."
)
CUSTOMER_RESTORED = _type("restored", "An archived customer was restored.")
