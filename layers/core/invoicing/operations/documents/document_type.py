"""Document types: where each is stored, whether it may still be sent, and the events of its e-mails."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.events.event import EventType, Resource
from invoicing.domain.parties.logo import Image
from invoicing.operations.documents.seller_logo import Sold, logo_of
from invoicing.operations.documents.stored_pdf import StoredPdf, made_once
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import ObjectStore
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

type Render[D] = Callable[[D, Image | None], bytes]
"""Renders a document with the logo of its seller as a PDF; the same arguments give the same bytes."""


def _always(_: object) -> None:
    return None


def _itself(_: UnitOfWork, entity: Any) -> Any:
    return entity


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType[D]:
    """A document type: ``kind`` is the entity that deliveries name, ``name`` its name in them and in events.

    ``read`` reads the rest of the document, which usually is the entity itself, and ``parts`` are all stored entities
    that it shows. ``refusal`` says why a document must not be sent any more, in a word, None when it may be.
    ``email_events`` are recorded when an e-mail reaches these states, of the ``resource`` of the entity, unless that is
    removed. ``skip`` is
    called with the entity and the word, in the transaction that skips a delivery of it, and ``note_failed_texts`` with
    the resource and the names of own texts that failed, in the one that ends a delivery. ``store_with`` adds what must
    be stored before a message is sent.
    """

    name: str
    kind: type[Any]
    read: Callable[[UnitOfWork, Any], D] = _itself
    parts: Callable[[D], Sequence[Any]] = lambda entity: (entity,)
    refusal: Callable[[D], str | None] = _always
    resource: Callable[[UnitOfWork, Any], Resource | None] = _itself
    skip: Callable[[UnitOfWork, Any, str], None] = lambda *_: None
    note_failed_texts: Callable[[UnitOfWork, Any, Sequence[str]], None] = lambda *_: None
    store_with: Callable[[ChangeSet, D], None] = lambda *_: None
    email_events: Mapping[DeliveryStatus, EventType[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfDocument[D: Sold](DocumentType[D]):
    """A type of documents that are one PDF each.

    The same entity gives the same PDF under the same ``object_name``; people save it under ``title``.
    """

    object_name: Callable[[D], str]
    title: Callable[[D], str]

    def pdf_of(self, entity: D, objects: ObjectStore, render: Render[D]) -> StoredPdf:
        """Return the PDF, rendered at the first request and the same bytes for every later one."""

        def made() -> bytes:
            return render(entity, logo_of(entity, lambda: objects))

        return made_once(objects, self.object_name(entity), self.title(entity), made)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendableDocument[D]:
    """A document type with the function that composes its e-mail, with PDFs that are stored or rendered for it."""

    type: DocumentType[D]
    compose: Callable[[D, Delivery, ObjectStore], bytes]


def with_its_pdf[D: Sold](
    document: PdfDocument[D], render: Render[D], compose: Callable[[D, Delivery, bytes, Image | None], bytes]
) -> SendableDocument[D]:
    """Return a document that is sent with its PDF, which ``compose`` gets with the logo."""

    def composed(entity: D, delivery: Delivery, objects: ObjectStore) -> bytes:
        pdf = document.pdf_of(entity, objects, render).content
        return compose(entity, delivery, pdf, logo_of(entity, lambda: objects))

    return SendableDocument(type=document, compose=composed)
