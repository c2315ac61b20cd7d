"""E-mails that are sent to a mail service of the tests, with documents that are drawn as one line of text."""

from collections.abc import Callable
from typing import Any

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.operations.documents.credit_note import CREDIT_NOTE
from invoicing.operations.documents.document_type import SendableDocument
from invoicing.operations.documents.invoice import INVOICE
from invoicing.operations.reactions.deliver_email import EmailOrder, EmailServices
from invoicing.operations.unit_of_work.ports import Mailer, ObjectStore
from tests.fakes import FakeObjectStore


def render(document: Any) -> bytes:
    return f"PDF of {document.number}".encode()


def compose(document: Any, delivery: Delivery, pdf: bytes) -> bytes:
    return f"{delivery.subject}: {document.number}, with {pdf.decode()}".encode()


def email_services(
    mailer: Mailer, *, objects: ObjectStore | None = None, render: Callable[[Any], bytes] = render
) -> EmailServices:
    documents: dict[str, SendableDocument[Any]] = {
        "invoice": SendableDocument(type=INVOICE, render=render, compose=compose),
        "credit_note": SendableDocument(type=CREDIT_NOTE, render=render, compose=compose),
    }
    return EmailServices(objects=objects or FakeObjectStore(), mailer=mailer, documents=documents)


def an_order(delivery_id: str = "dlv_1", document_id: str = "inv_1", document: str = "invoice") -> EmailOrder:
    return EmailOrder(delivery_id=delivery_id, document=document, document_id=document_id)
