"""Mail events: what the mail service reports of an e-mail that it took, and how much each says."""

import re
from datetime import datetime
from enum import IntEnum
from typing import Any, Literal

from invoicing.dataclass import dataclass

MailEventType = Literal["delay", "delivery", "bounce", "complaint", "reject"]


class Outcome(IntEnum):
    """What a mail event says; the greater outweighs the smaller.

    ``RETURNED`` is a bounce that an automatic reply may have caused: it counts only while nothing says that the e-mail
    was delivered.
    """

    PENDING = 0
    RETURNED = 1
    DELIVERED = 2
    FAILED = 3
    BOUNCED = 4
    COMPLAINED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class MailEvent:
    """A report of the mail service; ``at`` is real time, ``code`` an enhanced status code (RFC 3463).

    ``reason`` is a word of ours: what the other server wrote may name people, and is not kept.
    """

    type: MailEventType
    at: datetime
    outcome: Outcome
    code: str | None = None
    reason: str | None = None

    @property
    def is_failure(self) -> bool:
        """Whether it says that the e-mail is not welcome, or was not delivered."""
        return self.outcome not in {Outcome.PENDING, Outcome.DELIVERED}

    @property
    def rank(self) -> tuple[Any, ...]:
        """Sorts events: the one that says most first, and of those that say the same the earliest."""
        return -self.outcome, self.at, self.type, self.code or "", self.reason or ""


SUPPRESSED = "suppressed"
"""The address is on a list of addresses that no e-mail is sent to."""

_DEAD = re.compile(r"5\.1\.\d{1,3}|5\.4\.4")
"""Codes of mailboxes, systems and domains that do not exist, whatever the type of the bounce (RFC 3463)."""

_REASONS = {
    "MailboxFull": "mailbox_full",
    "MessageTooLarge": "too_large",
    "ContentRejected": "content_refused",
    "AttachmentRejected": "content_refused",
    "SpamDetected": "content_refused",
    "CustomTimeoutExceeded": "timed_out",
}
_CODE_REASONS = {"2.2": "mailbox_full", "2.3": "too_large", "3.4": "too_large", "4.7": "timed_out"}


def bounce_event(at: datetime, kind: str, subtype: str, code: str | None) -> MailEvent:
    """Read a bounce of SES by its type, its subtype and the code of the recipient's server."""
    outcome, reason = _bounce(kind, subtype, code or "")
    return MailEvent(type="bounce", at=at, outcome=outcome, code=code, reason=reason)


def _bounce(kind: str, subtype: str, code: str) -> tuple[Outcome, str]:
    if subtype in {"Suppressed", "OnAccountSuppressionList"}:
        return Outcome.FAILED, SUPPRESSED
    if _DEAD.fullmatch(code) or subtype == "NoEmail":
        return Outcome.BOUNCED, "invalid_address"
    if kind == "Permanent":
        return Outcome.BOUNCED, "refused"
    reason = _REASONS.get(subtype) or _CODE_REASONS.get(code[2:], "undetermined")
    is_doubtful = (kind, subtype) == ("Transient", "General")
    return (Outcome.RETURNED if is_doubtful else Outcome.FAILED), reason


def complaint_event(at: datetime, subtype: str | None, feedback: str | None) -> MailEvent:
    """Read a complaint of SES; ``feedback`` is the type of the report, of which ``not-spam`` takes one back."""
    if subtype == "OnAccountSuppressionList":
        return MailEvent(type="complaint", at=at, outcome=Outcome.FAILED, reason=SUPPRESSED)
    outcome = Outcome.PENDING if feedback == "not-spam" else Outcome.COMPLAINED
    return MailEvent(type="complaint", at=at, outcome=outcome, reason=(feedback or "complaint").replace("-", "_"))


def delay_event(at: datetime, kind: str, code: str | None) -> MailEvent:
    """Read a delay of SES, which goes on trying."""
    return MailEvent(type="delay", at=at, outcome=Outcome.PENDING, code=code, reason=_REASONS.get(kind))


def delivery_event(at: datetime) -> MailEvent:
    """Read that the recipient's server took the e-mail."""
    return MailEvent(type="delivery", at=at, outcome=Outcome.DELIVERED)


def reject_event(at: datetime) -> MailEvent:
    """Read that SES took the e-mail and then did not send it, because of a virus."""
    return MailEvent(type="reject", at=at, outcome=Outcome.FAILED, reason="rejected")
