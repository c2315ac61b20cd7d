"""Order the e-mail of a document: who gets it, and the delivery that the transaction stores."""

from dataclasses import dataclass

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus, DocumentKind
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.parties.customer import Buyer, Customer
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailRequest:
    """The e-mail a client asks for; what is None follows from the customer and the invoice."""

    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] | None = None
    bcc: tuple[str, ...] = ()
    subject: str | None = None
    message: str | None = None


def current_buyer(uow: UnitOfWork, copy: Buyer) -> Buyer:
    """The customer as it is now, for certain, and mostly without reading it.

    The document's copy is taken as current and the transaction checks that it is; only when that check has failed
    is the customer read. An archived customer is sent the invoices that it has, drafts too. Of a customer that is not
    there at all, which no use case leaves behind, the copy is the last that is known.
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
    """The delivery of a document, stored with the use case; the event that names it starts it.

    `ValidationFailed` ``RECIPIENT_MISSING`` when there is nobody to send to.
    """
    to = email.to or ((buyer.email,) if buyer.email else ())
    if not to:
        message = "to is required, because the customer has no e-mail address; or set send_email to false."
        raise ValidationFailed(Detail("to", message, "RECIPIENT_MISSING"))
    delivery = Delivery(
        account=uow.account,
        id=uow.new_id("dlv"),
        version=1,
        document_kind=kind,
        document_id=document_id,
        status=DeliveryStatus.QUEUED,
        to=to,
        cc=buyer.cc_emails if email.cc is None else email.cc,
        bcc=email.bcc,
        subject=email.subject,
        message=email.message,
        hosted_url=hosted_url,
        created_at=uow.now,
        updated_at=uow.now,
    )
    uow.changes.save(delivery)
    return delivery
