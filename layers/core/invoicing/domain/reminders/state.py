"""What is kept of the reminders of an invoice."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.reminders.settings import NO_OVERRIDE, ReminderOverride
from invoicing.domain.reminders.steps import Step

MOST_BY_HAND = 20
"""The most reminders by hand that an invoice keeps; the oldest are dropped."""

MOST_PAST_STEPS = 100
"""The most decided steps that an invoice keeps; the oldest are dropped."""


class Reason(StrEnum):
    """Why a step was skipped.

    ``superseded``: a later step fell on the same day, or it was added to the schedule right after one that was sent.
    ``too_old``: it was past before reminders applied, or a later step took its place.
    """

    PAID = "paid"
    CANCELLED = "cancelled"
    MUTED = "muted"
    DISABLED = "disabled"
    NO_EMAIL = "no_email"
    BOUNCED = "bounced"
    SUPPRESSED = "suppressed"
    CUSTOMER_ARCHIVED = "customer_archived"
    TOO_OLD = "too_old"
    SUPERSEDED = "superseded"
    ALREADY_REMINDED = "already_reminded"
    ALREADY_MAILED = "already_mailed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastStep:
    """A decided step: ``offset`` names it, ``at`` is when it fell due, ``decided_at`` when it was decided.

    One without a ``reason`` is named by a reminder of its customer, which goes out later: ``sent_at`` is None until
    then. ``delivery_ids`` are the e-mails of that reminder.
    """

    offset: int
    at: datetime
    decided_at: datetime
    reason: Reason | None = None
    sent_at: datetime | None = None
    delivery_ids: tuple[str, ...] = ()

    @property
    def status(self) -> Literal["gathered", "sent", "skipped"]:
        """The outcome, as the API names it; a ``gathered`` step waits for the reminder that names it."""
        if self.reason:
            return "skipped"
        return "sent" if self.sent_at else "gathered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a gathered step: sent with some e-mails, or dropped for a ``reason``."""

    offset: int
    reason: Reason | None = None
    sent_at: datetime | None = None
    delivery_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderByHand:
    """A reminder that somebody asked for, whatever the schedule says."""

    sent_at: datetime
    delivery_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceReminders:
    """The reminders of an issued invoice, beside it, under its id.

    ``past`` are the decided steps in ascending order; what is not after the last of them is not decided any more.
    ``known`` are the offsets that were in force when the last step was sent. ``mailed_at`` is when the invoice itself
    was last e-mailed, ``reopened_at`` when it last became open again, ``next_at`` when to look next. ``by_hand`` are
    the latest reminders by hand.
    """

    account: str
    id: str
    version: int
    override: ReminderOverride = NO_OVERRIDE
    past: tuple[PastStep, ...] = ()
    known: tuple[int, ...] = ()
    mailed_at: datetime | None = None
    reopened_at: datetime | None = None
    next_at: datetime | None = None
    by_hand: tuple[ReminderByHand, ...] = ()

    @property
    def last_sent(self) -> PastStep | None:
        """The last step that was sent, or is about to be."""
        return next((past for past in reversed(self.past) if past.reason is None), None)

    def is_ahead(self, offset: int) -> bool:
        """Whether a step comes after all that are decided."""
        return not self.past or offset > self.past[-1].offset


def skipped(step: Step, reason: Reason, now: datetime) -> PastStep:
    """Return a step that is not sent."""
    return PastStep(offset=step.offset, at=step.at, decided_at=now, reason=reason)


def with_outcome(reminders: InvoiceReminders, outcome: Outcome | None) -> InvoiceReminders:
    """Return the reminders, in the same version, with what became of a step that was gathered; unchanged if known.

    A step that was sent is skipped after all where its e-mail must not be sent any more.
    """
    if outcome is None:
        return reminders
    past = (
        replace(each, reason=outcome.reason, sent_at=outcome.sent_at, delivery_ids=outcome.delivery_ids)
        if each.offset == outcome.offset and (each.status == "gathered" or (each.status == "sent" and outcome.reason))
        else each
        for each in reminders.past
    )
    return replace(reminders, past=tuple(past))


def mailed(reminders: InvoiceReminders, now: datetime) -> InvoiceReminders:
    """Return the reminders, as the next version, of an invoice that is e-mailed again: not on the same day as it."""
    return replace(reminders, version=reminders.version + 1, mailed_at=now)


def reopened(reminders: InvoiceReminders, now: datetime) -> InvoiceReminders:
    """Return the reminders, as the next version, of an invoice of which something is due again; it is looked at now."""
    return replace(reminders, version=reminders.version + 1, reopened_at=now, next_at=now)


def reminded_by_hand(reminders: InvoiceReminders, now: datetime, delivery_ids: tuple[str, ...]) -> InvoiceReminders:
    """Return the reminders, as the next version, of an invoice of which somebody sent a reminder."""
    by_hand = (*reminders.by_hand, ReminderByHand(now, delivery_ids))[-MOST_BY_HAND:]
    return replace(reminders, version=reminders.version + 1, by_hand=by_hand)
