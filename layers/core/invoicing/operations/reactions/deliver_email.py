"""Send the e-mails of one order: each at most once, and with every outcome recorded."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import split_partition
from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.deliveries.mail_event import SUPPRESSED
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.domain.notices.account_notice import is_told
from invoicing.operations.documents.document_type import SendableDocument
from invoicing.operations.documents.failed_texts import hearing_of_failed_texts
from invoicing.operations.documents.stored_pdf import FetchedOnce
from invoicing.operations.notices._gathering import tell_of
from invoicing.operations.unit_of_work.change_set import ChangeSet, WriteConflict, ref_of
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
    """Deliveries to send and their document; ``document`` is the name of its type."""

    delivery_ids: tuple[str, ...]
    document: str
    document_id: str


def deliver_email(uow: UnitOfWork, services: EmailServices, order: EmailOrder) -> list[Delivery]:
    """Send the deliveries and return their outcomes; `DeliveryInProgress` and `MailDeferred` require a later retry.

    One that has to wait keeps no other from being sent, and the retry sends none again.
    """
    objects = FetchedOnce(services.objects)
    ended: list[Delivery] = []
    waiting: Exception | None = None
    for index, delivery_id in enumerate(order.delivery_ids):
        own = uow.begin(ChangeSet()) if index else uow
        try:
            ended.append(_deliver(own, replace(services, objects=objects), order, delivery_id))
        except (DeliveryInProgress, MailDeferred) as reason:
            waiting = reason
    if waiting:
        raise waiting
    return ended


def most_notable(deliveries: list[Delivery]) -> DeliveryStatus:
    """Return the state that an operator should hear of first."""
    states = [delivery.status for delivery in deliveries]
    notable = (DeliveryStatus.UNCONFIRMED, DeliveryStatus.FAILED, *states)
    return next(state for state in notable if state in states)


def _deliver(uow: UnitOfWork, services: EmailServices, order: EmailOrder, delivery_id: str) -> Delivery:
    """Send one delivery.

    The attempt is stored before the mail service is called, and its response afterwards. Where an attempt died between
    the two, the service may or may not have accepted the message: the delivery becomes ``unconfirmed`` and is not
    retried, because a document must not arrive twice. Any failure that certainly did not send it leaves it ``queued``.
    For a document that must not be sent any more, and to a suppressed mailbox, the mail service is not called.
    """
    attempt = _Attempt(uow, services, order, delivery_id)
    while True:
        try:
            return attempt.run()
        except _DocumentChanged:
            attempt = _Attempt(uow.begin(ChangeSet()), services, order, delivery_id)


class _DocumentChanged(Exception):
    """The document was changed after it was read and rendered."""


class _Attempt:
    """One attempt at a delivery, with the document as it was read."""

    def __init__(self, uow: UnitOfWork, services: EmailServices, order: EmailOrder, delivery_id: str) -> None:
        self._uow = uow
        self._room = services
        self._document = services.documents[order.document]
        self._type = self._document.type
        self._named = (self._type.kind, order.document_id)
        uow.prefetch((Delivery, delivery_id), self._named)
        self._delivery = uow.get(Delivery, delivery_id)
        self._failed_texts: list[str] = []
        self._content = self._type.read(uow, uow.get(*self._named))

    def run(self) -> Delivery:
        if self._delivery.status is DeliveryStatus.SENDING:
            began = self._delivery.attempted_at
            if began is not None and self._uow.real_now - began < LEASE:
                raise DeliveryInProgress(self._delivery.id)
            return self._unconfirmed("not_finished")
        if self._delivery.status is not DeliveryStatus.QUEUED:
            return self._delivery
        if refusal := self._type.refusal(self._content):
            return self._end(DeliveryStatus.SKIPPED, failure=refusal)
        return self._send()

    def _send(self) -> Delivery:
        with hearing_of_failed_texts() as self._failed_texts:
            message = self._document.compose(self._content, self._delivery, self._room.objects)
        recipient = str(self._delivery.recipient)
        if self._uow.find(Suppression, mailbox_of(recipient)):
            return self._end(DeliveryStatus.FAILED, failure=SUPPRESSED)
        self._begin()
        account, mode = split_partition(self._delivery.account)
        tags = {"account": account, "mode": mode, "delivery": self._delivery.id}
        try:
            message_id = self._room.mailer.send(message, recipient, tags)
        except MailRefused:
            return self._end(DeliveryStatus.FAILED, failure="rejected")
        except MailUnconfirmed:
            return self._unconfirmed("no_answer")
        except MailDeferred:
            self._end(DeliveryStatus.QUEUED, failure="deferred")
            raise
        return self._end(DeliveryStatus.SENT, message_id=message_id)

    def _begin(self) -> None:
        """Store that the mail service is called, if the document is unchanged since it was rendered."""
        sending = self._noted(DeliveryStatus.SENDING)
        changes = ChangeSet()
        changes.save(sending)
        for part in self._type.parts(self._content):
            changes.require(ref_of(part), part.version)
        self._type.store_with(changes, self._content)
        try:
            self._uow.store.commit(changes)
        except WriteConflict as conflict:
            raise _DocumentChanged from conflict
        self._delivery = sending

    def _unconfirmed(self, failure: str) -> Delivery:
        return self._end(DeliveryStatus.UNCONFIRMED, failure=failure)

    def _end(self, status: DeliveryStatus, *, failure: str | None = None, message_id: str | None = None) -> Delivery:
        """Store the outcome of the attempt, with an event of the current document.

        Where the mail service has reported an event meanwhile, that says more than the attempt knows.
        """
        ended = self._noted(status, failure=failure, message_id=message_id)
        event = None if ended.copy else self._type.email_events.get(status)

        def note(uow: UnitOfWork) -> Delivery:
            noted = write(uow)
            tell_of(uow, [noted] if is_told(noted, self._delivery.status) and not noted.history else [])
            return noted

        def write(uow: UnitOfWork) -> Delivery:
            if uow.ref(Delivery, ended.id) in uow.changes.outdated:
                found = uow.get(Delivery, ended.id)
                if not found.history:
                    raise DeliveryInProgress(ended.id)
                known = replace(found, version=found.version + 1, message_id=message_id)
                uow.changes.save(known)
                return known
            if status is DeliveryStatus.SENT and self._failed_texts:
                self._type.note_failed_texts(uow, self._type.resource(uow, uow.get(*self._named)), self._failed_texts)
            document = uow.get(*self._named) if event else None
            resource = self._type.resource(uow, document) if document else None
            if event is None or resource is None:
                uow.changes.save(ended)
                if status is DeliveryStatus.SKIPPED:
                    self._type.skip(uow, uow.get(*self._named), str(failure))
                return ended
            announced = ended.ended(status, failure=failure)
            uow.changes.save(announced)
            uow.record(event, resource, delivery=announced)
            return announced

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
