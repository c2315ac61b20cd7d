"""Deliveries and suppressions in responses."""

from typing import TYPE_CHECKING, TypedDict

from invoicing.api.envelope import timestamp

if TYPE_CHECKING:
    from invoicing.domain.deliveries.delivery import Delivery
    from invoicing.domain.deliveries.suppression import Suppression


class MailEventOutput(TypedDict):
    """A report of the mail service, in real time."""

    type: str
    at: str
    code: str | None
    reason: str | None


class DocumentIds(TypedDict):
    """What a document is of; at most one is not null."""

    invoice_id: str | None
    credit_note_id: str | None
    payment_id: str | None
    statement_id: str | None
    portal_link_id: str | None


class DeliveryOutput(DocumentIds):
    """An e-mail to one recipient; ``reason`` says why it failed, ``history`` is in order of time.

    A ``copy`` goes to an address in ``bcc`` of the account.
    """

    id: str
    copy: bool
    recipient: str | None
    subject: str | None
    status: str
    reason: str | None
    delayed_since: str | None
    message_id: str | None
    history: list[MailEventOutput]
    created_at: str
    updated_at: str


class SuppressionOutput(DocumentIds):
    """An address that gets no e-mails, with the delivery that it follows from and the document of that."""

    address: str
    reason: str
    since: str
    delivery_id: str


def delivery_output(delivery: "Delivery") -> DeliveryOutput:
    """Return a delivery as responses show it."""
    return DeliveryOutput(
        id=delivery.id,
        copy=delivery.copy,
        **_document_ids(delivery),
        recipient=delivery.recipient,
        subject=delivery.subject,
        status=str(delivery.status),
        reason=delivery.failure,
        delayed_since=timestamp(delivery.delayed_since) if delivery.delayed_since else None,
        message_id=delivery.message_id,
        history=[
            MailEventOutput(type=event.type, at=timestamp(event.at), code=event.code, reason=event.reason)
            for event in sorted(delivery.history, key=lambda event: event.at)
        ],
        created_at=timestamp(delivery.created_at),
        updated_at=timestamp(delivery.updated_at),
    )


def suppression_output(suppression: "Suppression") -> SuppressionOutput:
    """Return a suppression as responses show it."""
    return SuppressionOutput(
        address=suppression.address,
        reason=suppression.reason,
        since=timestamp(suppression.created_at),
        delivery_id=suppression.delivery_id,
        **_document_ids(suppression),
    )


def _document_ids(of: "Delivery | Suppression") -> DocumentIds:
    def id_of(kind: str) -> str | None:
        return of.document_id if of.document_kind == kind else None

    return DocumentIds(
        invoice_id=id_of("invoice"),
        credit_note_id=id_of("credit_note"),
        payment_id=id_of("receipt"),
        statement_id=id_of("statement"),
        portal_link_id=id_of("portal_link"),
    )
