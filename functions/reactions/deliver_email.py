"""E-mail queue: send requested e-mails."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from invoicing.domain.events.event import Actor, Event
from invoicing.operations.reactions.deliver_email import EmailOrder, EmailServices, deliver_email, most_notable
from invoicing.wiring import reaction, wiring
from invoicing_documents.registry import sendable_documents

ACTOR = Actor("system", "deliver_email")


@cache
def email_services() -> EmailServices:
    """The services that sending documents needs."""
    room = wiring()
    documents = sendable_documents(
        sender=room.settings.email_sender, ledger=room.ledger, store=room.store, pages=room.page_url
    )
    return EmailServices(objects=room.objects, mailer=room.mailer, documents=documents)


@reaction()
def handler(account: str, events: list[Event]) -> Mapping[str, Any]:
    """Send the e-mails that an event requests."""
    (event,) = events
    order = EmailOrder(
        delivery_ids=tuple(event.data["delivery_ids"]),
        document=event.data.get("document", event.data["object"]),
        document_id=event.data.get("document_id", event.resource_id),
    )
    deliveries = deliver_email(wiring().unit_of_work(account, ACTOR), email_services(), order)
    return {
        "outcome": str(most_notable(deliveries)),
        "delivery_ids": [delivery.id for delivery in deliveries],
        "failures": [delivery.failure for delivery in deliveries if delivery.failure],
    }
