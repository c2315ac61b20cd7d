"""Send one e-mail that was asked for: once, and never quietly not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from invoicing.domain.credit_note import CreditNote
from invoicing.domain.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import not_found
from invoicing.domain.events import Event, credit_note_event, invoice_event
from invoicing.domain.invoice import Invoice, Status
from invoicing.operations.changes import ChangedMeanwhile, Changes, Ref
from invoicing.operations.get_credit_note_pdf import credit_note_pdf
from invoicing.operations.get_invoice_pdf import issued_pdf
from invoicing.operations.pdfs import StoredPdf
from invoicing.operations.ports import Documents, MailDeferred, Mailer, MailRefused, MailUnconfirmed
from invoicing.operations.work import Work

LEASE = timedelta(minutes=5)
"""Longer than any attempt runs: an attempt that is still ``sending`` after it has died half-way."""

type Mailed = Invoice | CreditNote
"""What is sent by e-mail."""

KINDS: Mapping[str, type[Mailed]] = {"invoice": Invoice, "credit_note": CreditNote}
"""By the name that events have for them."""

ComposeEmail = Callable[[Mailed, Delivery, bytes], bytes]
"""Makes the raw MIME message of a delivery, with the PDF attached."""


class DeliveryInProgress(Exception):
    """Another attempt is sending this e-mail right now; look again later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRoom:
    """Everything it takes to send a document by e-mail."""

    documents: Documents
    render: Callable[[Mailed], bytes]
    compose: ComposeEmail
    mailer: Mailer


def deliver_email(
    work: Work, room: MailRoom, delivery_id: str, document_id: str, kind: type[Mailed] = Invoice
) -> Delivery:
    """The delivery as it ended; `DeliveryInProgress` and `MailDeferred` ask for another attempt later.

    The attempt is noted before the mail service is asked, and its answer afterwards. Where an attempt died between
    the two, nobody knows whether the service took the message: the delivery is then ``unconfirmed`` and not tried
    again, because a document must not arrive twice. Anything that surely did not send it leaves it ``queued``. An
    invoice that is cancelled before the mail service is asked is not sent any more: the delivery has failed.
    """
    delivery, document = work.store.find_together(
        Ref(Delivery, work.account, delivery_id), Ref(kind, work.account, document_id)
    )
    if delivery is None or document is None:
        raise not_found("delivery", delivery_id)
    if delivery.status is DeliveryStatus.SENDING:
        if work.now - delivery.updated_at < LEASE:
            raise DeliveryInProgress(delivery_id)
        return _note(work, delivery, document, DeliveryStatus.UNCONFIRMED, failure="the attempt did not finish")
    if delivery.status is not DeliveryStatus.QUEUED:
        return delivery
    if _is_cancelled(document):
        return _note(work, delivery, document, DeliveryStatus.FAILED, failure="the invoice was cancelled before")
    return _attempt(work, room, delivery, document)


def _attempt(work: Work, room: MailRoom, delivery: Delivery, document: Mailed) -> Delivery:
    pdf = _pdf(room, document)
    message = room.compose(document, delivery, pdf.content)
    try:
        attempt = _note(work, delivery, document, DeliveryStatus.SENDING)
    except ChangedMeanwhile:
        return deliver_email(work, room, delivery.id, document.id, type(document))
    try:
        message_id = room.mailer.send(message, (*delivery.to, *delivery.cc, *delivery.bcc))
    except MailRefused as refusal:
        return _note(work, attempt, document, DeliveryStatus.FAILED, failure=str(refusal))
    except MailUnconfirmed as doubt:
        return _note(work, attempt, document, DeliveryStatus.UNCONFIRMED, failure=str(doubt))
    except MailDeferred as delay:
        _note(work, attempt, document, DeliveryStatus.QUEUED, failure=str(delay))
        raise
    return _note(work, attempt, document, DeliveryStatus.SENT, message_id=message_id)


def _note(
    work: Work,
    delivery: Delivery,
    document: Mailed,
    status: DeliveryStatus,
    *,
    failure: str | None = None,
    message_id: str | None = None,
) -> Delivery:
    """Write down how far the delivery has come; one that was refused for good also shows on the timeline.

    An attempt begins only while the document is as it was read: an invoice may have been cancelled since.
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
        changes.require(Ref(type(document), work.account, document.id), document.version)
    if status is DeliveryStatus.FAILED and not _is_cancelled(document):
        changes.record(_bounced(work, document))
    work.store.commit(changes)
    return noted


def _pdf(room: MailRoom, document: Mailed) -> StoredPdf:
    if isinstance(document, CreditNote):
        return credit_note_pdf(document, room.documents, room.render)
    return issued_pdf(document, room.documents, room.render)


def _is_cancelled(document: Mailed) -> bool:
    return isinstance(document, Invoice) and document.status is Status.CANCELLED


def _bounced(work: Work, document: Mailed) -> Event:
    if isinstance(document, CreditNote):
        return credit_note_event(work.new_id("evt"), "credit_note.email_bounced", document, work.now)
    return invoice_event(work.new_id("evt"), "invoice.email_bounced", document, work.now)
