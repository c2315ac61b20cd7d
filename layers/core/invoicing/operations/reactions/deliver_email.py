"""Send one requested e-mail: at most once, and with every outcome recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.events.event import EventType
from invoicing.operations.documents.document_type import SendableDocument
from invoicing.operations.unit_of_work.change_set import ChangeSet, WriteConflict
from invoicing.operations.unit_of_work.ports import MailDeferred, Mailer, MailRefused, MailUnconfirmed, ObjectStore
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

LEASE = timedelta(minutes=5)
"""Longer than any attempt runs: a delivery still ``sending`` after it belongs to an attempt that died."""


class DeliveryInProgress(Exception):
    """Another attempt is sending this e-mail now; retry later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailServices:
    """The services that sending documents needs; ``documents`` by the name that events have for each."""

    objects: ObjectStore
    mailer: Mailer
    documents: Mapping[str, SendableDocument[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailOrder:
    """A delivery to send and its document; ``document`` is the name of its type."""

    delivery_id: str
    document: str
    document_id: str


def deliver_email(uow: UnitOfWork, services: EmailServices, order: EmailOrder) -> Delivery:
    """Send the delivery and return its outcome; `DeliveryInProgress` and `MailDeferred` require a later retry.

    The attempt is stored before the mail service is called, and its response afterwards. Where an attempt died between
    the two, the service may or may not have accepted the message: the delivery becomes ``unconfirmed`` and is not
    retried, because a document must not arrive twice. Any failure that certainly did not send it leaves it ``queued``.
    A document that must not be sent any more fails its delivery before the mail service is called.
    """
    attempt = _Attempt(uow, services, order)
    while True:
        try:
            return attempt.run()
        except _DocumentChanged:
            attempt = _Attempt(uow.begin(ChangeSet()), services, order)


class _DocumentChanged(Exception):
    """The document was changed after it was read and rendered."""


class _Attempt:
    """One attempt at a delivery, with the document as it was read."""

    def __init__(self, uow: UnitOfWork, services: EmailServices, order: EmailOrder) -> None:
        self._uow = uow
        self._room = services
        self._document = services.documents[order.document]
        kind = self._document.type.kind
        uow.prefetch((Delivery, order.delivery_id), (kind, order.document_id))
        self._delivery = uow.get(Delivery, order.delivery_id)
        self._entity = uow.get(kind, order.document_id)

    def run(self) -> Delivery:
        if self._delivery.status is DeliveryStatus.SENDING:
            began = self._delivery.attempted_at
            if began is not None and self._uow.real_now - began < LEASE:
                raise DeliveryInProgress(self._delivery.id)
            return self._unconfirmed("the attempt did not finish")
        if self._delivery.status is not DeliveryStatus.QUEUED:
            return self._delivery
        if refusal := self._document.type.refusal(self._entity):
            return self._end(DeliveryStatus.FAILED, failure=refusal)
        return self._send()

    def _send(self) -> Delivery:
        kind = self._document
        pdf = kind.type.pdf_of(self._entity, self._room.objects, kind.render)
        message = kind.compose(self._entity, self._delivery, pdf.content)
        self._begin()
        recipients = (*self._delivery.to, *self._delivery.cc, *self._delivery.bcc)
        try:
            message_id = self._room.mailer.send(message, recipients)
        except MailRefused as refusal:
            return self._end(DeliveryStatus.FAILED, failure=str(refusal), event=kind.type.email_bounced)
        except MailUnconfirmed as doubt:
            return self._unconfirmed(str(doubt))
        except MailDeferred as delay:
            self._end(DeliveryStatus.QUEUED, failure=str(delay))
            raise
        return self._end(DeliveryStatus.SENT, message_id=message_id)

    def _begin(self) -> None:
        """Store that the mail service is called, if the document is unchanged since it was rendered."""
        sending = self._noted(DeliveryStatus.SENDING)
        changes = ChangeSet()
        changes.save(sending)
        changes.require(self._uow.ref(type(self._entity), self._entity.id), self._entity.version)
        try:
            self._uow.store.commit(changes)
        except WriteConflict as conflict:
            raise _DocumentChanged from conflict
        self._delivery = sending

    def _unconfirmed(self, failure: str) -> Delivery:
        event = self._document.type.email_unconfirmed
        return self._end(DeliveryStatus.UNCONFIRMED, failure=failure, event=event)

    def _end(
        self,
        status: DeliveryStatus,
        *,
        failure: str | None = None,
        message_id: str | None = None,
        event: EventType[Any] | None = None,
    ) -> Delivery:
        """Store the outcome of the attempt, with an event of the current document."""
        ended = self._noted(status, failure=failure, message_id=message_id)

        def note(uow: UnitOfWork) -> Delivery:
            if uow.ref(Delivery, ended.id) in uow.changes.outdated:
                raise DeliveryInProgress(ended.id)
            uow.changes.save(ended)
            if event is not None:
                uow.record(event, uow.get(type(self._entity), self._entity.id))
            return ended

        return run_use_case(self._uow.begin, note)

    def _noted(self, status: DeliveryStatus, *, failure: str | None = None, message_id: str | None = None) -> Delivery:
        return replace(
            self._delivery,
            version=self._delivery.version + 1,
            status=status,
            failure=failure,
            message_id=message_id,
            attempted_at=self._uow.real_now if status is DeliveryStatus.SENDING else None,
            updated_at=self._uow.now,
        )
