"""Send one e-mail that was asked for: once, and never quietly not at all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from invoicing.domain.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import not_found
from invoicing.domain.events import invoice_event
from invoicing.domain.invoice import Invoice, Status
from invoicing.operations.changes import ChangedMeanwhile, Changes, Ref
from invoicing.operations.get_invoice_pdf import RenderInvoice, issued_pdf
from invoicing.operations.ports import Documents, MailDeferred, Mailer, MailRefused, MailUnconfirmed
from invoicing.operations.work import Work

LEASE = timedelta(minutes=5)
"""Longer than any attempt runs: an attempt that is still ``sending`` after it has died half-way."""

ComposeEmail = Callable[[Invoice, Delivery, bytes], bytes]
"""Makes the raw MIME message of a delivery, with the PDF attached."""


class DeliveryInProgress(Exception):
    """Another attempt is sending this e-mail right now; look again later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRoom:
    """Everything it takes to send an invoice by e-mail."""

    documents: Documents
    render: RenderInvoice
    compose: ComposeEmail
    mailer: Mailer


def deliver_email(work: Work, room: MailRoom, delivery_id: str, invoice_id: str) -> Delivery:
    """The delivery as it ended; `DeliveryInProgress` and `MailDeferred` ask for another attempt later.

    The attempt is noted before the mail service is asked, and its answer afterwards. Where an attempt died between
    the two, nobody knows whether the service took the message: the delivery is then ``unconfirmed`` and not tried
    again, because an invoice must not arrive twice. Anything that surely did not send it leaves it ``queued``. An
    invoice that is cancelled before the mail service is asked is not sent any more: the delivery has failed.
    """
    delivery, invoice = work.store.find_together(
        Ref(Delivery, work.account, delivery_id), Ref(Invoice, work.account, invoice_id)
    )
    if delivery is None or invoice is None:
        raise not_found("delivery", delivery_id)
    if delivery.status is DeliveryStatus.SENDING:
        if work.now - delivery.updated_at < LEASE:
            raise DeliveryInProgress(delivery_id)
        return _note(work, delivery, invoice, DeliveryStatus.UNCONFIRMED, failure="the attempt did not finish")
    if delivery.status is not DeliveryStatus.QUEUED:
        return delivery
    if invoice.status is Status.CANCELLED:
        return _note(work, delivery, invoice, DeliveryStatus.FAILED, failure="the invoice was cancelled before")
    return _attempt(work, room, delivery, invoice)


def _attempt(work: Work, room: MailRoom, delivery: Delivery, invoice: Invoice) -> Delivery:
    pdf = issued_pdf(invoice, room.documents, room.render)
    message = room.compose(invoice, delivery, pdf.content)
    try:
        attempt = _note(work, delivery, invoice, DeliveryStatus.SENDING)
    except ChangedMeanwhile:
        return deliver_email(work, room, delivery.id, invoice.id)
    try:
        message_id = room.mailer.send(message, (*delivery.to, *delivery.cc, *delivery.bcc))
    except MailRefused as refusal:
        return _note(work, attempt, invoice, DeliveryStatus.FAILED, failure=str(refusal))
    except MailUnconfirmed as doubt:
        return _note(work, attempt, invoice, DeliveryStatus.UNCONFIRMED, failure=str(doubt))
    except MailDeferred as delay:
        _note(work, attempt, invoice, DeliveryStatus.QUEUED, failure=str(delay))
        raise
    return _note(work, attempt, invoice, DeliveryStatus.SENT, message_id=message_id)


def _note(
    work: Work,
    delivery: Delivery,
    invoice: Invoice,
    status: DeliveryStatus,
    *,
    failure: str | None = None,
    message_id: str | None = None,
) -> Delivery:
    """Write down how far the delivery has come; one that was refused for good also shows on the invoice's timeline.

    An attempt begins only while the invoice is as it was read: it may have been cancelled since.
    """
    noted = replace(
        delivery,
        version=delivery.version + 1,
        status=status,
        failure=failure,
        message_id=message_id,
        updated_at=work.now,
    )
    changes = Changes()
    changes.save(noted)
    if status is DeliveryStatus.SENDING:
        changes.require(Ref(Invoice, work.account, invoice.id), invoice.version)
    if status is DeliveryStatus.FAILED and invoice.status is not Status.CANCELLED:
        changes.record(invoice_event(work.new_id("evt"), "invoice.email_bounced", invoice, work.now))
    work.store.commit(changes)
    return noted
