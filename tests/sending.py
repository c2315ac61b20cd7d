"""E-mails that are sent to a mail service of the tests, with documents that are drawn as one line of text."""

from typing import Any

from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.domain.payments.payment import Payment
from invoicing.operations.documents.credit_note import CREDIT_NOTE
from invoicing.operations.documents.document_type import Render, SendableDocument, with_its_pdf
from invoicing.operations.documents.invoice import INVOICE
from invoicing.operations.documents.notice import NOTICE, Notice
from invoicing.operations.documents.receipt import RECEIPT
from invoicing.operations.reactions.deliver_email import EmailOrder, EmailServices, deliver_email
from invoicing.operations.unit_of_work.ports import Mailer, ObjectStore
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.builders import ACCOUNT, NOW
from tests.fakes import FakeObjectStore, FakeStore


def render(document: Any, _: object = None) -> bytes:
    return f"PDF of {document.number}".encode()


def compose(document: Any, delivery: Delivery, pdf: bytes, _: object = None) -> bytes:
    return f"{delivery.subject}: {document.number}, with {pdf.decode()}".encode()


def render_receipt(payment: Payment, _: object = None) -> bytes:
    return f"receipt of {payment.id}".encode()


def compose_receipt(payment: Payment, delivery: Delivery, pdf: bytes, _: object = None) -> bytes:
    return f"{delivery.subject}: {payment.amount}, with {pdf.decode()}".encode()


def compose_notice(notice: Notice, _: Delivery, __: ObjectStore) -> bytes:
    named = [*(str(each.delivery.recipient) for each in notice.failed), *(each.id for each in notice.disabled)]
    return f"{', '.join(named)}, and {notice.mail.unnamed} more".encode()


def email_services(
    mailer: Mailer, *, objects: ObjectStore | None = None, render: Render[Any] = render
) -> EmailServices:
    documents: dict[str, SendableDocument[Any]] = {
        "invoice": with_its_pdf(INVOICE, render, compose),
        "credit_note": with_its_pdf(CREDIT_NOTE, render, compose),
        "receipt": with_its_pdf(RECEIPT, render_receipt, compose_receipt),
        "notice": SendableDocument(type=NOTICE, compose=compose_notice),
    }
    return EmailServices(objects=objects or FakeObjectStore(), mailer=mailer, documents=documents)


def an_order(*delivery_ids: str, document_id: str = "inv_1", document: str = "invoice") -> EmailOrder:
    return EmailOrder(delivery_ids=delivery_ids or ("dlv_1",), document=document, document_id=document_id)


def deliver_one(uow: UnitOfWork, services: EmailServices, order: EmailOrder | None = None) -> Delivery:
    """Send the only delivery of an order."""
    (delivery,) = deliver_email(uow, services, order or an_order())
    return delivery


def a_suppression(address: str, account: str = ACCOUNT) -> Suppression:
    return Suppression(
        account=account,
        id=mailbox_of(address),
        version=1,
        address=address,
        reason="bounced",
        delivery_id="dlv_0",
        document_kind="invoice",
        document_id="inv_0",
        created_at=NOW,
    )


def suppress(store: FakeStore, *addresses: str, account: str = ACCOUNT) -> None:
    """Let addresses be suppressed, as after a bounce."""
    store.keep(*(a_suppression(address, account) for address in addresses))
