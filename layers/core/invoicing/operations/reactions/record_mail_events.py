"""Record what the mail service reports of an e-mail: its delivery's state, its event, and who is suppressed for it."""

from dataclasses import replace
from typing import Any, Literal

from invoicing.dataclass import dataclass
from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.delivery import Delivery, DocumentKind, with_mail_event
from invoicing.domain.deliveries.mail_event import MailEvent, Outcome
from invoicing.domain.deliveries.suppression import (
    FailureStreak,
    Suppression,
    SuppressionReason,
    counts_as_failure,
    suppresses,
    suppression_of,
    with_end_of,
)
from invoicing.domain.notices.account_notice import is_told
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.operations.documents.credit_note import CREDIT_NOTE
from invoicing.operations.documents.document_type import DocumentType
from invoicing.operations.documents.invoice import INVOICE
from invoicing.operations.documents.portal_link import PORTAL_LINK
from invoicing.operations.documents.receipt import RECEIPT
from invoicing.operations.documents.reminder import REMINDER
from invoicing.operations.documents.statement import STATEMENT
from invoicing.operations.notices._gathering import tell_of
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_TYPES: dict[DocumentKind, DocumentType[Any]] = {
    "invoice": INVOICE,
    "credit_note": CREDIT_NOTE,
    "reminder": REMINDER,
    "receipt": RECEIPT,
    "statement": STATEMENT,
    "portal_link": PORTAL_LINK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReport:
    """A mail event of the delivery that the message's tags name; ``account`` is its partition."""

    account: str
    delivery_id: str
    message_id: str
    event: MailEvent


def record_mail_events(uow: UnitOfWork, report: MailReport) -> Literal["recorded", "known", "unknown_delivery"]:
    """Record a report, which may come twice, late, and before the answer to the request that sent the message.

    The event of the document, and the suppression that follows, are in the transaction of the delivery's new state, and
    are therefore made once. A report that changes no state is kept all the same. That a notice to the account failed
    has no consequences: the next one goes out all the same.
    """
    delivery = uow.find(Delivery, report.delivery_id)
    if delivery is None or not delivery.recipient:
        return "unknown_delivery"
    after = with_mail_event(delivery, report.event, report.message_id, uow.now)
    if after is delivery:
        return "known"
    is_notice = delivery.document_kind == "notice"
    if after.history[:1] != delivery.history[:1] and not is_notice:
        after = _with_consequences(uow, after, mailbox_of(delivery.recipient))
    uow.changes.save(after)
    tell_of(uow, [after] if is_told(after, delivery.status) else [])
    return "recorded"


def _with_consequences(uow: UnitOfWork, delivery: Delivery, mailbox: str) -> Delivery:
    """Record the event of a delivery's new state, and count what it says of the mailbox."""
    kind = _TYPES[delivery.document_kind]
    uow.prefetch((kind.kind, delivery.document_id), (Suppression, mailbox), (FailureStreak, mailbox))
    document = uow.find(kind.kind, delivery.document_id)
    reason = suppresses(delivery.history[0]) or _streak_suppresses(uow, delivery, mailbox)
    if reason and uow.find(Suppression, mailbox) is None:
        suppression = suppression_of(delivery, mailbox, reason, uow.now)
        if isinstance(document, ReminderMail):
            suppression = replace(suppression, document_kind="invoice", document_id=document.lead)
        uow.changes.save(suppression)
    event = None if delivery.copy else kind.email_events.get(delivery.status)
    if event is None or document is None or delivery.status in delivery.announced:
        return delivery
    resource = kind.resource(uow, document)
    if resource is None:
        return delivery
    announced = delivery.ended(delivery.status, failure=delivery.failure)
    uow.record(event, resource, delivery=announced)
    return announced


def _streak_suppresses(uow: UnitOfWork, delivery: Delivery, mailbox: str) -> SuppressionReason | None:
    """Count an e-mail that arrived or came back; only a mailbox that failed before has something to count."""
    latest = delivery.history[0]
    known = uow.find(FailureStreak, mailbox)
    is_end = counts_as_failure(latest) or (known is not None and latest.outcome is Outcome.DELIVERED)
    if not is_end:
        return None
    streak = with_end_of(known or FailureStreak(account=delivery.account, id=mailbox, version=0), delivery)
    if streak != known:
        uow.changes.save(streak)
    return "repeated_soft_bounces" if streak.is_long else None
