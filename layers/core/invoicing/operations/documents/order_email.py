"""Order the e-mail of a document: choose the recipients and store a delivery for each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus, DocumentKind
from invoicing.domain.deliveries.mail_event import SUPPRESSED
from invoicing.domain.deliveries.simulation import is_simulated
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.events.event import EventType, Resource
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer, Customer
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailRequest:
    """The e-mail that a client requests; None defaults from the customer and the invoice.

    With ``unattended`` nobody waits for the response: that nobody can get it is no error, but a failed delivery.
    """

    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] | None = None
    bcc: tuple[str, ...] = ()
    subject: str | None = None
    message: str | None = None
    unattended: bool = False


NO_EMAIL = "no_email"
"""The failure of a delivery without a recipient."""


@dataclass(frozen=True, slots=True)
class _Recipient:
    """A mailbox, and the field that names it."""

    field: str
    address: str

    @property
    def mailbox(self) -> str:
        return mailbox_of(self.address)


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
    uow: UnitOfWork,
    email: EmailRequest,
    buyer: Buyer,
    seller: Seller | None,
    *,
    kind: DocumentKind,
    document_id: str,
    hosted_url: str,
) -> tuple[Delivery, ...]:
    """Store the deliveries of a document with the use case; the event that names them starts them.

    Each mailbox gets one message, however often it is named. To suppressed ones nothing is sent, which their failed
    deliveries and warnings say. Under a test clock most are simulated (`is_simulated`), which is decided here for good.
    `ValidationFailed` ``RECIPIENT_MISSING`` without a recipient, ``RECIPIENT_SUPPRESSED`` when all are suppressed.
    """
    recipients = list(_recipients(email, buyer))
    if not email.unattended:
        require_recipient(email, buyer)
    suppressed = [each for each in recipients if _is_suppressed(uow, each)]
    if not email.unattended:
        _report(uow, suppressed, none_left=len(suppressed) == len(recipients))
    reached = [each for each in recipients if each not in suppressed]
    prototype = Delivery(
        account=uow.account,
        id="",
        version=1,
        document_kind=kind,
        document_id=document_id,
        status=DeliveryStatus.QUEUED,
        recipient=None,
        to=tuple(each.address for each in reached if each.field.startswith("to")),
        cc=tuple(each.address for each in reached if each.field.startswith("cc")),
        subject=email.subject,
        message=email.message,
        hosted_url=hosted_url,
        created_at=uow.now,
        updated_at=uow.now,
    )
    return (*_for_each(uow, prototype, reached, seller), *_failed(uow, prototype, suppressed if recipients else None))


def _for_each(
    uow: UnitOfWork, prototype: Delivery, recipients: list[_Recipient], seller: Seller | None
) -> Iterator[Delivery]:
    own_address = seller.email if seller else None
    for each in recipients:
        is_pretended = uow.clock is not None and is_simulated(each.address, own_address)
        status = DeliveryStatus.SIMULATED if is_pretended else DeliveryStatus.QUEUED
        delivery = replace(prototype, id=uow.new_id("dlv"), recipient=each.address, status=status)
        uow.changes.save(delivery)
        yield delivery


def _failed(uow: UnitOfWork, prototype: Delivery, suppressed: list[_Recipient] | None) -> Iterator[Delivery]:
    """Store failed deliveries to suppressed mailboxes; None where there is no recipient at all, which is one."""
    failures = [(None, NO_EMAIL)] if suppressed is None else [(each.address, SUPPRESSED) for each in suppressed]
    for address, failure in failures:
        delivery = replace(prototype, id=uow.new_id("dlv"), recipient=address)
        delivery = delivery.ended(DeliveryStatus.FAILED, failure=failure)
        uow.changes.save(delivery)
        yield delivery


def record_order[R: Resource](
    uow: UnitOfWork,
    document: R,
    deliveries: tuple[Delivery, ...],
    sent: EventType[R],
    failed: EventType[R],
    *,
    only_if_sent: bool = False,
) -> None:
    """Record that a document was sent, with the deliveries that are to follow, and which of them failed already."""
    queued = [delivery for delivery in deliveries if delivery.status is DeliveryStatus.QUEUED]
    is_sent = any(delivery.status is not DeliveryStatus.FAILED for delivery in deliveries)
    if is_sent or not only_if_sent:
        uow.record(sent, document, deliveries=queued)
    for delivery in deliveries:
        if delivery.status is DeliveryStatus.FAILED:
            uow.record(failed, document, delivery=delivery)


def require_recipient(email: EmailRequest, buyer: Buyer) -> None:
    """Raise `ValidationFailed` ``RECIPIENT_MISSING`` unless the e-mail has an address to go to."""
    if not (email.to or buyer.email):
        message = "to is required, because the customer has no e-mail address; or set send_email to false."
        raise ValidationFailed(Detail("to", message, "RECIPIENT_MISSING"))


def _recipients(email: EmailRequest, buyer: Buyer) -> Iterator[_Recipient]:
    """Yield each mailbox once, as the first of to, cc and bcc that names it; none where there is no one in to."""
    to = email.to or ((buyer.email,) if buyer.email else ())
    if not to:
        return
    cc = buyer.cc_emails if email.cc is None else email.cc
    seen: set[str] = set()
    for field, addresses in (("to", to), ("cc", cc), ("bcc", email.bcc)):
        for index, address in enumerate(addresses):
            recipient = _Recipient(f"{field}[{index}]", address)
            if recipient.mailbox not in seen:
                seen.add(recipient.mailbox)
                yield recipient


def _is_suppressed(uow: UnitOfWork, recipient: _Recipient) -> bool:
    """Whether a mailbox is suppressed, usually without reading.

    Most are not: that is taken for granted and checked by the transaction, and read only after that check has failed.
    """
    ref = uow.ref(Suppression, recipient.mailbox)
    found = uow.find(Suppression, recipient.mailbox) if ref in uow.changes.outdated else None
    uow.changes.require(ref, found.version if found else 0)
    return found is not None


def _report(uow: UnitOfWork, suppressed: list[_Recipient], *, none_left: bool) -> None:
    messages = {
        each.field: f"{each.address} is suppressed, because it bounced or complained: nothing is sent to it until you "
        "delete its suppression."
        for each in suppressed
    }
    if suppressed and none_left:
        raise ValidationFailed(*(Detail(field, text, "RECIPIENT_SUPPRESSED") for field, text in messages.items()))
    for field, text in messages.items():
        uow.warn(field, "RECIPIENT_SUPPRESSED", text)
