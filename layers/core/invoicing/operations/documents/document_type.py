"""Document types: where each is stored, whether it may still be sent, and the events of its e-mails."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.events.event import EventType
from invoicing.operations.documents.stored_pdf import StoredPdf, made_once
from invoicing.operations.unit_of_work.ports import ObjectStore


def _always(_: object) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType[D]:
    """A document type: ``kind`` is the entity it is made from, ``name`` its name in events.

    The same entity gives the same PDF under the same ``object_name``; people save it under ``title``. ``refusal`` says
    why a document must not be sent any more, None when it may be. Documents that are sent by e-mail have both event
    types.
    """

    name: str
    kind: type[D]
    object_name: Callable[[D], str]
    title: Callable[[D], str]
    refusal: Callable[[D], str | None] = _always
    email_bounced: EventType[Any] | None = None
    email_unconfirmed: EventType[Any] | None = None

    def pdf_of(self, entity: D, objects: ObjectStore, render: Callable[[D], bytes]) -> StoredPdf:
        """Return the PDF, rendered at the first request and the same bytes for every later one."""
        return made_once(objects, self.object_name(entity), self.title(entity), lambda: render(entity))


@dataclass(frozen=True, slots=True, kw_only=True)
class SendableDocument[D]:
    """A document type with the functions that render it and compose its e-mail."""

    type: DocumentType[D]
    render: Callable[[D], bytes]
    compose: Callable[[D, Delivery, bytes], bytes]
