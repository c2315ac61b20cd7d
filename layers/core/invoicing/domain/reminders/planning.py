"""What there is to do about the reminders of an invoice at an instant."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import today
from invoicing.domain.reminders.rules import ReminderRules
from invoicing.domain.reminders.state import MOST_PAST_STEPS, InvoiceReminders, PastStep, Reason, skipped
from invoicing.domain.reminders.steps import Step, is_sending_time, next_sending_time, steps_of

CLOSE = timedelta(days=2)
"""A step added by a change of schedule less than this after one that was sent is superseded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that a decision about an issued invoice depends on, as it is now.

    ``closed`` says that nothing is due: ``paid`` or ``cancelled``. ``unreachable`` is why no reminder can go to the
    customer: ``customer_archived``, ``no_email``, ``suppressed`` or ``bounced``. ``restored_at`` is when the customer
    last ceased to be archived. ``reminded_at`` is when it was last reminded, of whatever invoice, by hand too.
    ``time_zone`` is the account's.
    """

    due_date: date
    issued_at: datetime
    closed: Reason | None = None
    reminders: InvoiceReminders
    rules: ReminderRules
    time_zone: str
    unreachable: Reason | None = None
    restored_at: datetime | None = None
    reminded_at: datetime | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in order of time."""
        return tuple(steps_of(self.due_date, self.rules, self.time_zone))

    @property
    def applies_from(self) -> datetime:
        """The instant up to which steps are past for good, because nothing was issued or set up to send them."""
        return max(self.issued_at, self.rules.since or self.issued_at)

    @property
    def sendable_after(self) -> datetime:
        """The instant up to which steps were not sent because nothing was due, or the customer was archived."""
        opened_at = self.reminders.reopened_at or self.issued_at
        return max(opened_at, self.restored_at or opened_at)

    @property
    def undecided(self) -> tuple[Step, ...]:
        """The steps that may still be sent, in order of time."""
        from_ = self.applies_from
        return tuple(step for step in self.steps if step.at > from_ and self.reminders.is_ahead(step.offset))

    def day_of(self, instant: datetime) -> date:
        """Return the civil date of an instant in the account's time zone."""
        return today(instant, self.time_zone)


@dataclass(frozen=True, slots=True)
class Plan:
    """The decision at an instant: steps that are ``skipped``, one that is ``due``, and when to look next.

    ``next_at`` is None when nothing comes unless the situation changes.
    """

    skipped: tuple[PastStep, ...] = ()
    due: Step | None = None
    next_at: datetime | None = None


def plan(situation: Situation, now: datetime) -> Plan:
    """Decide what has come by now; looked at too early, nothing has, and ``next_at`` says when.

    Outside the hours of sending nothing is decided but what passed while nothing could be sent. An invoice that is
    closed, or not to be reminded of, waits for nothing: whoever opens it or switches reminders on has it looked at
    again.
    """
    if not situation.rules.enabled:
        return Plan()
    undecided = situation.undecided
    passed = [step for step in undecided if step.at <= now]
    ahead = next((step.at for step in undecided if step.at > now), None)
    reasons = fates(situation, passed)
    if situation.closed:
        return Plan(_skipped(reasons, now))
    sendable_after = situation.sendable_after
    if not passed or passed[-1].at <= sendable_after:
        return Plan(_skipped(reasons, now), next_at=ahead)
    if not is_sending_time(now, situation.rules, situation.time_zone):
        settled = {step: reason for step, reason in reasons.items() if step.at <= sendable_after}
        next_at = next_sending_time(now, situation.rules, situation.time_zone)
        return Plan(_skipped(settled, now), next_at=next_at)
    due = next((step for step, reason in reasons.items() if reason is None), None)
    if due and (reason := obstacle(situation, now)):
        return Plan(_skipped(reasons | {due: reason}, now), next_at=ahead)
    return Plan(_skipped(reasons, now), due, ahead)


def fates(situation: Situation, passed: Sequence[Step]) -> dict[Step, Reason | None]:
    """Return why each step that has come is skipped, whatever the hour; None for the one that may be sent."""
    reasons = {step: situation.closed or used_up(situation, step) for step in passed}
    standing = [step for step, reason in reasons.items() if not reason]
    for step in standing[:-1]:
        reasons[step] = Reason.SUPERSEDED if step.day == standing[-1].day else Reason.TOO_OLD
    return reasons


def next_look(situation: Situation, now: datetime) -> datetime | None:
    """Return when an invoice is to be looked at whose situation has changed: at once, where something has come."""
    made = plan(situation, now)
    return now if made.skipped or made.due else made.next_at


def obstacle(situation: Situation, now: datetime) -> Reason | None:
    """Return why no automatic reminder of the invoice may go out now, None if it may.

    Asked again right before the e-mail is made, since much may happen in between.
    """
    day = situation.day_of(now)
    muted, mailed_at = situation.rules.mute_until, situation.reminders.mailed_at
    if situation.closed or not situation.rules.enabled:
        return situation.closed or Reason.DISABLED
    if muted and day <= muted:
        return Reason.MUTED
    if situation.unreachable:
        return situation.unreachable
    if mailed_at and situation.day_of(mailed_at) == day:
        return Reason.ALREADY_MAILED
    if situation.reminded_at and situation.day_of(situation.reminded_at) == day:
        return Reason.ALREADY_REMINDED
    return None


def used_up(situation: Situation, step: Step) -> Reason | None:
    """Return why a step is not sent, whenever it is looked at.

    It passed while nothing was due or its customer was archived, falls on a muted day, or was added too close after a
    step that was sent.
    """
    reminders, muted = situation.reminders, situation.rules.mute_until
    if reminders.reopened_at and step.at <= reminders.reopened_at:
        return Reason.PAID
    if situation.restored_at and step.at <= situation.restored_at:
        return Reason.CUSTOMER_ARCHIVED
    if muted and step.day <= muted:
        return Reason.MUTED
    sent = reminders.last_sent
    if sent is None or step.offset in reminders.known:
        return None
    after = step.day - situation.day_of(sent.sent_at or sent.decided_at)
    return Reason.SUPERSEDED if after < CLOSE else None


def after_plan(situation: Situation, made: Plan, now: datetime) -> InvoiceReminders:
    """Return the reminders once a plan is carried out, as the next version: all that it names is decided.

    The step that is due is gathered: the reminder of its customer is to name it, in the same transaction. One that was
    gathered before and has not gone out yet gives way to it.
    """
    before = situation.reminders
    past, known = [*before.past, *made.skipped], before.known
    if made.due:
        past = [replace(each, reason=Reason.TOO_OLD) if each.status == "gathered" else each for each in past]
        past.append(PastStep(offset=made.due.offset, at=made.due.at, decided_at=now))
        known = tuple(situation.rules.entries)
    latest = sorted(past, key=lambda each: each.offset)[-MOST_PAST_STEPS:]
    return replace(before, version=before.version + 1, past=tuple(latest), known=known, next_at=made.next_at)


def _skipped(reasons: Mapping[Step, Reason | None], now: datetime) -> tuple[PastStep, ...]:
    return tuple(skipped(step, reason, now) for step, reason in reasons.items() if reason)
