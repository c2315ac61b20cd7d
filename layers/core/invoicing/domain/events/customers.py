"""Events of customers."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from invoicing.domain.calendar import instant_text
from invoicing.domain.events.event import EventType
from invoicing.domain.events.summaries import (
    ChangedFields,
    DocumentOrder,
    EmailEnd,
    changed_fields,
    document_order,
    email_end,
)

if TYPE_CHECKING:
    from invoicing.domain.deliveries.delivery import Delivery
    from invoicing.domain.parties.customer import Customer


class CustomerSummary(ChangedFields):
    """A customer in events."""

    id: str
    object: Literal["customer"]
    version: int
    archived: bool
    created_at: str


class StatementSummary(CustomerSummary, DocumentOrder, EmailEnd):
    """A customer whose statement or portal link is e-mailed."""


def customer_summary(customer: "Customer", *, changed: Sequence[str] = ()) -> CustomerSummary:
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


def statement_summary(
    customer: "Customer", *, deliveries: "Sequence[Delivery]" = (), delivery: "Delivery | None" = None
) -> StatementSummary:
    """Summarize a customer whose statement or portal link is e-mailed.

    ``deliveries`` are the e-mails that follow, ``delivery`` is the one that the event is about.
    """
    return {**customer_summary(customer), **document_order(deliveries), **email_end(delivery)}


def _type(
    happened: str, meaning: str, summary: Callable[..., Mapping[str, Any]] = customer_summary
) -> "EventType[Customer]":
    return EventType(f"customer.{happened}", meaning, summary)


CUSTOMER_CREATED = _type("created", "A customer was created.")
CUSTOMER_UPDATED = _type("updated", "A customer was changed; `changed` names the fields.")
CUSTOMER_DELETED = _type(
    "deleted", "A customer was removed, or archived because it has invoices or payments; `archived` says which."
)
CUSTOMER_RESTORED = _type("restored", "An archived customer was restored.")
CUSTOMER_ERASED = _type(
    "erased", "A customer was erased: it says nothing of a person any more, and soon its documents do not."
)
CUSTOMER_STATEMENT_SENT = _type(
    "statement_sent", "E-mails with a statement were requested; `delivery_ids` says which.", statement_summary
)
CUSTOMER_PORTAL_LINK_SENT = _type(
    "portal_link_sent", "The e-mail of a portal link was requested; `delivery_ids` says which.", statement_summary
)
CUSTOMER_EMAIL_DELIVERED = _type(
    "email_delivered",
    "The recipient's mail server took an e-mail with a statement or portal link; `delivery_id` says which.",
    statement_summary,
)
CUSTOMER_EMAIL_BOUNCED = _type(
    "email_bounced",
    "An e-mail with a statement or portal link came back for good, and its address is suppressed from now on; "
    "`failure` says why.",
    statement_summary,
)
CUSTOMER_EMAIL_FAILED = _type(
    "email_failed",
    "An e-mail with a statement or portal link was not sent, or came back, which need not be for good; "
    "`failure` says why.",
    statement_summary,
)
CUSTOMER_EMAIL_UNCONFIRMED = _type(
    "email_unconfirmed",
    "The mail service did not confirm an e-mail with a statement or portal link; it may have been sent, and is not "
    "sent again.",
    statement_summary,
)
