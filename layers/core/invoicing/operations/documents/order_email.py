"""Order the e-mail of a document: choose the recipients and store a delivery for each."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus, DocumentKind
from invoicing.domain.deliveries.mail_event import SUPPRESSED
from invoicing.domain.deliveries.simulation import is_simulated
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.domain.erasure.customer import require_not_erased
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.events.event import EventType, Resource
from invoicing.domain.notices.account_notice import is_told
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Buyer, Customer
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.notices._gathering import tell_of
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
    which no use case leaves behind, the copy is used. `Conflict` ``CUSTOMER_ERASED``: its id is all that is left.
    """
    ref = uow.ref(Customer, copy.id)
    buyer = copy
    if ref in uow.changes.outdated:
        customer = uow.find(Customer, copy.id)
        if customer is None:
            return buyer
        require_not_erased(customer, "send documents to")
        buyer = customer.as_buyer()
    uow.changes.require(ref, buyer.version)
    return buyer


def order_email(
    uow: UnitOfWork,
    email: EmailRequest,
    buyer: Buyer,
    *,
    kind: DocumentKind,
    document_id: str,
    hosted_url: str,
) -> tuple[Delivery, ...]:
    """Store the deliveries of a document with the use case; the event that names them starts them.

    Each mailbox gets one message, however often it is named. To suppressed ones nothing is sent, which their failed
    deliveries and warnings say. Under a test clock most are simulated (`is_simulated`), which is decided here for good.
    What is sent also goes to the addresses of the account that get copies; of what failed the account is told. It costs
    a request, unless it was prefetched.
    `ValidationFailed` ``RECIPIENT_MISSING`` without a recipient, ``RECIPIENT_SUPPRESSED`` when all are suppressed.
    """
    account, recipients = uow.get(Account, PROFILE), list(_recipients(email, buyer))
    if not email.unattended:
        require_recipient(email, buyer, kind)
    suppressed = [each for each in recipients if _is_suppressed(uow, each)]
    if not email.unattended:
        _report(uow, suppressed, none_left=len(suppressed) == len(recipients))
    reached = [each for each in recipients if each not in suppressed]
    about = {"document_kind": kind, "document_id": document_id, "hosted_url": hosted_url}
    prototype = _prototype(uow, email, reached, **about)
    deliveries = [
        replace(
            prototype, id=uow.new_id("dlv"), recipient=each.address, status=first_status(uow, each.address, account)
        )
        for each in reached
    ]
    failures = [(each.address, SUPPRESSED) for each in suppressed] if recipients else [(None, NO_EMAIL)]
    if any(each.status is DeliveryStatus.QUEUED for each in deliveries):
        deliveries += _copies(uow, account, prototype, {each.mailbox for each in recipients})
    deliveries += [_failed(uow, prototype, *failure) for failure in failures]
    for delivery in deliveries:
        uow.changes.save(delivery)
    tell_of(uow, [each for each in deliveries if is_told(each)], account)
    return tuple(deliveries)


def _prototype(uow: UnitOfWork, email: EmailRequest, reached: list[_Recipient], **about: Any) -> Delivery:
    """Return what all deliveries of an e-mail have in common; its headers show who gets it, but for bcc."""
    return Delivery(
        account=uow.account,
        id="",
        version=1,
        status=DeliveryStatus.QUEUED,
        recipient=None,
        to=tuple(each.address for each in reached if each.field.startswith("to")),
        cc=tuple(each.address for each in reached if each.field.startswith("cc")),
        subject=email.subject,
        message=email.message,
        created_at=uow.now,
        updated_at=uow.now,
        **about,
    )


def _failed(uow: UnitOfWork, prototype: Delivery, address: str | None, failure: str) -> Delivery:
    failed = replace(prototype, id=uow.new_id("dlv"), recipient=address)
    return failed.ended(DeliveryStatus.FAILED, failure=failure)


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


def _copies(uow: UnitOfWork, account: Account, prototype: Delivery, known: set[str]) -> Iterator[Delivery]:
    """Yield a blind copy for each address that gets one and is not among the ``known`` mailboxes; none is simulated.

    Whether it is suppressed does not decide about the e-mail, so that it is only looked at when the copy is sent.
    """
    for address in account.bcc:
        mailbox = mailbox_of(address)
        if mailbox not in known and first_status(uow, address, account) is DeliveryStatus.QUEUED:
            known = known | {mailbox}
            yield replace(prototype, id=uow.new_id("dlv"), recipient=address, copy=True)


def first_status(uow: UnitOfWork, address: str, account: Account) -> DeliveryStatus:
    """Return the first state of a delivery: under a test clock most are simulated."""
    is_pretended = uow.clock is not None and is_simulated(address, account.email)
    return DeliveryStatus.SIMULATED if is_pretended else DeliveryStatus.QUEUED


def require_recipient(email: EmailRequest, buyer: Buyer, kind: DocumentKind = "invoice") -> None:
    """Raise `ValidationFailed` ``RECIPIENT_MISSING`` unless the e-mail has an address to go to."""
    if not (email.to or buyer.email):
        alternative = "; or set send_email to false" if kind == "invoice" else ""
        message = f"to is required, because the customer has no e-mail address{alternative}."
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


def suppressed_text(address: str) -> str:
    """Say that nothing is sent to an address."""
    return (
        f"{address} is suppressed, because it bounced or complained: nothing is sent to it until you delete its "
        "suppression."
    )


def _report(uow: UnitOfWork, suppressed: list[_Recipient], *, none_left: bool) -> None:
    messages = {each.field: suppressed_text(each.address) for each in suppressed}
    if suppressed and none_left:
        raise ValidationFailed(*(Detail(field, text, "RECIPIENT_SUPPRESSED") for field, text in messages.items()))
    for field, text in messages.items():
        uow.warn(field, "RECIPIENT_SUPPRESSED", text)
