"""Order the e-mail of a document: choose the recipients and store the delivery."""

from dataclasses import dataclass
from typing import Any

from invoicing.domain.deliveries.addresses import each_mailbox_once
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus, DocumentKind
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.parties.customer import Buyer, Customer
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailRequest:
    """The e-mail that a client requests; None defaults from the customer and the invoice."""

    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] | None = None
    bcc: tuple[str, ...] = ()
    subject: str | None = None
    message: str | None = None


def current_buyer(uow: UnitOfWork, copy: Buyer) -> Buyer:
    """Return the current customer, usually without reading it.

    The document's copy is taken as current and checked by the transaction; the customer is read only after that check
    has failed. An archived customer still receives its invoices, including drafts. For a customer that does not exist,
    which no use case leaves behind, the copy is used.
    """
    ref = uow.ref(Customer, copy.id)
    buyer = copy
    if ref in uow.changes.outdated:
        customer = uow.find(Customer, copy.id)
        if customer is None:
            return buyer
        buyer = customer.as_buyer()
    uow.changes.require(ref, buyer.version)
    return buyer


def order_email(
    uow: UnitOfWork, email: EmailRequest, buyer: Buyer, *, kind: DocumentKind, document_id: str, hosted_url: str
) -> Delivery:
    """Store the delivery of a document with the use case; the event that names it starts it.

    A mailbox that is named several times gets one message, as the first of to, cc and bcc that names it.
    `ValidationFailed` ``RECIPIENT_MISSING`` without a recipient.
    """
    require_recipient(email, buyer)
    return _stored(uow, email, buyer, document_kind=kind, document_id=document_id, hosted_url=hosted_url)


def fail_email(uow: UnitOfWork, email: EmailRequest, buyer: Buyer, failure: str, **document: Any) -> Delivery:
    """Store the delivery of an e-mail that nobody can get, as failed; the document is as in `order_email`."""
    return _stored(uow, email, buyer, status=DeliveryStatus.FAILED, failure=failure, **document)


def has_recipient(email: EmailRequest, buyer: Buyer) -> bool:
    """Whether the e-mail has an address to go to."""
    return bool(email.to or buyer.email)


def require_recipient(email: EmailRequest, buyer: Buyer) -> None:
    """Raise `ValidationFailed` ``RECIPIENT_MISSING`` unless `has_recipient`."""
    if not has_recipient(email, buyer):
        message = "to is required, because the customer has no e-mail address; or set send_email to false."
        raise ValidationFailed(Detail("to", message, "RECIPIENT_MISSING"))


def _stored(
    uow: UnitOfWork, email: EmailRequest, buyer: Buyer, *, status: DeliveryStatus = DeliveryStatus.QUEUED, **fields: Any
) -> Delivery:
    to = email.to or ((buyer.email,) if buyer.email else ())
    to, cc, bcc = each_mailbox_once(to, buyer.cc_emails if email.cc is None else email.cc, email.bcc)
    delivery = Delivery(
        account=uow.account,
        id=uow.new_id("dlv"),
        version=1,
        status=status,
        to=to,
        cc=cc,
        bcc=bcc,
        subject=email.subject,
        message=email.message,
        created_at=uow.now,
        updated_at=uow.now,
        **fields,
    )
    uow.changes.save(delivery)
    return delivery
