"""Deliveries: one e-mail to one mailbox, and what became of it."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.deliveries.mail_event import MailEvent, Outcome

DocumentKind = Literal["invoice", "credit_note", "reminder", "receipt", "statement", "portal_link", "notice"]
"""The kinds of documents that are e-mailed to customers, and the notice, which the account gets."""

MOST_EVENTS = 20
"""The most mail events that a delivery keeps; those that say most are kept."""


class DeliveryStatus(StrEnum):
    """The state of a delivery.

    ``simulated``: it was ordered under a test clock, so that it is sent to nobody. ``skipped``: the document must not
    be sent any more. ``unconfirmed``: the mail service did not confirm, so the e-mail is not repeated. ``sent``: the
    mail service took it, which is not yet to say that it arrived.
    """

    SIMULATED = "simulated"
    QUEUED = "queued"
    SENDING = "sending"
    SKIPPED = "skipped"
    UNCONFIRMED = "unconfirmed"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


STATUS_OF = {
    Outcome.PENDING: DeliveryStatus.SENT,
    Outcome.RETURNED: DeliveryStatus.FAILED,
    Outcome.DELIVERED: DeliveryStatus.DELIVERED,
    Outcome.FAILED: DeliveryStatus.FAILED,
    Outcome.BOUNCED: DeliveryStatus.BOUNCED,
    Outcome.COMPLAINED: DeliveryStatus.COMPLAINED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An e-mail with a document to one ``recipient``, None where there is nobody; its headers show ``to`` and ``cc``.

    A ``copy`` goes to the account itself, which it tells of nothing: its end is no event of the document.
    ``hosted_url`` is the page it links to, ``failure`` a word for why it was not delivered, and ``message_id`` that of
    the mail service. ``attempted_at`` is the instant of the real clock at which the attempt began that is sending it.
    ``history`` has the mail events that say most first, and ``announced`` the states that an event was recorded of.
    """

    account: str
    id: str
    version: int
    document_kind: DocumentKind = "invoice"
    document_id: str
    status: DeliveryStatus
    recipient: str | None
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    copy: bool = False
    subject: str | None = None
    message: str | None = None
    hosted_url: str
    message_id: str | None = None
    failure: str | None = None
    attempted_at: datetime | None = None
    history: tuple[MailEvent, ...] = ()
    announced: tuple[DeliveryStatus, ...] = ()
    created_at: datetime
    updated_at: datetime

    def ended(self, status: DeliveryStatus, *, failure: str | None = None) -> "Delivery":
        """Return it in a state that an event is recorded of."""
        return replace(self, status=status, failure=failure, announced=(*self.announced, status))

    @property
    def delayed_since(self) -> datetime | None:
        """When the mail service first reported a delay of an e-mail of which nothing else is known."""
        is_waiting = self.status is DeliveryStatus.SENT
        return min((event.at for event in self.history if event.type == "delay"), default=None) if is_waiting else None


def with_mail_event(delivery: Delivery, event: MailEvent, message_id: str, now: datetime) -> Delivery:
    """Return the delivery after the mail service reported an event of its message; itself when that says nothing new.

    What is reported outweighs what an attempt noted. Reports come twice and in any order: the state is that of the one
    that says most, so that it follows from all of them together.
    """
    history = tuple(sorted({*delivery.history, event}, key=lambda each: each.rank)[:MOST_EVENTS])
    if history == delivery.history:
        return delivery
    return replace(
        delivery,
        version=delivery.version + 1,
        status=STATUS_OF[history[0].outcome],
        failure=history[0].reason if history[0].is_failure else None,
        message_id=message_id,
        history=history,
        updated_at=now,
    )
