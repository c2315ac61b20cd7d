"""Deliveries: one request makes one delivery, and one delivery one e-mail."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

DocumentKind = Literal["invoice", "credit_note"]
"""The kinds of documents that are e-mailed to customers."""


class DeliveryStatus(StrEnum):
    """The state of a delivery; ``unconfirmed``: the mail service did not confirm, so the e-mail is not repeated."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An e-mail with a document; ``hosted_url`` is the page it links to.

    ``attempted_at`` is the instant of the real clock at which the attempt began that is sending it.
    """

    account: str
    id: str
    version: int
    document_kind: DocumentKind = "invoice"
    document_id: str
    status: DeliveryStatus
    to: tuple[str, ...]
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    subject: str | None = None
    message: str | None = None
    hosted_url: str
    message_id: str | None = None
    failure: str | None = None
    attempted_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
