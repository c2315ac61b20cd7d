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


class DeliveryOutput(TypedDict):
    """An e-mail to one recipient; ``reason`` says why it failed, ``history`` is in order of time."""

    id: str
    invoice_id: str | None
    credit_note_id: str | None
    recipient: str | None
    subject: str | None
    status: str
    reason: str | None
    delayed_since: str | None
    message_id: str | None
    history: list[MailEventOutput]
    created_at: str
    updated_at: str


class SuppressionOutput(TypedDict):
    """An address that gets no e-mails, with the delivery that it follows from and the document of that."""

    address: str
    reason: str
    since: str
    delivery_id: str
    invoice_id: str | None
    credit_note_id: str | None


def delivery_output(delivery: "Delivery") -> DeliveryOutput:
    """Return a delivery as responses show it."""
    is_invoice, is_credit_note = (delivery.document_kind == kind for kind in ("invoice", "credit_note"))
    return DeliveryOutput(
        id=delivery.id,
        invoice_id=delivery.document_id if is_invoice else None,
        credit_note_id=delivery.document_id if is_credit_note else None,
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
    is_invoice, is_credit_note = (suppression.document_kind == kind for kind in ("invoice", "credit_note"))
    return SuppressionOutput(
        address=suppression.address,
        reason=suppression.reason,
        since=timestamp(suppression.created_at),
        delivery_id=suppression.delivery_id,
        invoice_id=suppression.document_id if is_invoice else None,
        credit_note_id=suppression.document_id if is_credit_note else None,
    )
