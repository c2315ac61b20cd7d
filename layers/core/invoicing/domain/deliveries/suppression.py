"""Suppressions: mailboxes that an account sends nothing to, because they bounce or complained."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.deliveries.delivery import Delivery, DocumentKind
from invoicing.domain.deliveries.mail_event import SUPPRESSED, MailEvent, Outcome

MOST_FAILURES = 3
"""Failures in a row, of different e-mails, that suppress a mailbox."""

SuppressionReason = Literal["bounced", "complained", "repeated_soft_bounces"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """A mailbox that gets no e-mail until a client deletes the suppression; ``id`` is that of `mailbox_of`.

    ``address`` is as it was written, and the delivery and its document are those that it follows from.
    """

    account: str
    id: str
    version: int
    address: str
    reason: SuppressionReason
    delivery_id: str
    document_kind: DocumentKind
    document_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureStreak:
    """The latest failures of a mailbox, ``id``, by the ids of their deliveries, after the last one that arrived."""

    account: str
    id: str
    version: int
    failed: tuple[str, ...] = ()
    delivered: str = ""

    @property
    def is_long(self) -> bool:
        """Whether the mailbox is suppressed for it."""
        return len(self.failed) >= MOST_FAILURES


def with_end_of(streak: FailureStreak, delivery: Delivery) -> FailureStreak:
    """Return the streak after an e-mail was delivered or failed; ids are in the order of the e-mails.

    The order in which it is known does not matter, and an e-mail counts once. One that was delivered and failed
    afterwards has failed.
    """
    failed, delivered = set(streak.failed), streak.delivered
    if delivery.failure is None:
        delivered = max(delivered, delivery.id)
        failed.discard(delivery.id)
    else:
        failed.add(delivery.id)
    kept = tuple(sorted(each for each in failed if each >= delivered)[-MOST_FAILURES:])
    if (kept, delivered) == (streak.failed, streak.delivered):
        return streak
    return replace(streak, version=streak.version + 1, failed=kept, delivered=delivered)


def suppresses(event: MailEvent) -> SuppressionReason | None:
    """Return why an event alone suppresses its mailbox, None when it does not."""
    reasons: dict[Outcome, SuppressionReason] = {Outcome.BOUNCED: "bounced", Outcome.COMPLAINED: "complained"}
    return reasons.get(event.outcome)


def counts_as_failure(event: MailEvent) -> bool:
    """Whether an event counts in a streak of failures: a bounce, unless the mail service did not try."""
    return event.type == "bounce" and event.reason != SUPPRESSED


def suppression_of(delivery: Delivery, mailbox: str, reason: SuppressionReason, now: datetime) -> Suppression:
    """Make the suppression of a delivery's mailbox."""
    return Suppression(
        account=delivery.account,
        id=mailbox,
        version=1,
        address=str(delivery.recipient),
        reason=reason,
        delivery_id=delivery.id,
        document_kind=delivery.document_kind,
        document_id=delivery.document_id,
        created_at=now,
    )
