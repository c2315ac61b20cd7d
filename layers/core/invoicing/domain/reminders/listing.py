"""The steps of an invoice as a client sees them: what became of past ones, and when the others come."""

from datetime import datetime

from invoicing.domain.reminders.planning import Situation, fates, obstacle, plan, used_up
from invoicing.domain.reminders.state import PastStep, Reason, skipped
from invoicing.domain.reminders.steps import Step, is_sending_time


def past_steps(situation: Situation, now: datetime) -> list[PastStep]:
    """Return what became of all past steps, in order of time; gathered ones are among those that come.

    Steps that were past before reminders applied are not stored, so they are derived: ``too_old`` while reminders are
    on. What has come and is not decided yet is shown as it would be decided now.
    """
    decided = {past.offset: past for past in situation.reminders.past if past.status != "gathered"}
    if not situation.rules.enabled:
        return list(decided.values())
    gathered = {past.offset for past in situation.reminders.past} - set(decided)
    passed = [step for step in situation.steps if step.at <= now and step.offset not in gathered]
    undecided = set(situation.undecided)
    reasons: dict[Step, Reason | None] = {step: Reason.TOO_OLD for step in passed if step not in undecided}
    reasons |= fates(situation, [step for step in passed if step in undecided])
    for step, reason in reasons.items():
        if reason:
            decided.setdefault(step.offset, skipped(step, reason, now))
    return sorted(decided.values(), key=lambda past: (past.at, past.offset))


def coming_steps(situation: Situation, now: datetime) -> list[Step]:
    """Return the steps that go out if nothing changes, in order of time, each at the instant of its e-mail.

    What is known to be skipped is left out: muted steps, those that give way to a later one, and all of an archived
    customer.
    """
    if situation.closed or not situation.rules.enabled or situation.unreachable is Reason.CUSTOMER_ARCHIVED:
        return []
    made = plan(situation, now)
    undecided = [step for step in situation.undecided if not used_up(situation, step)]
    steps = [step for step in undecided if step.at > now]
    late = [step for step in undecided if step.at <= now]
    if late and not is_sending_time(now, situation.rules, situation.time_zone) and made.next_at:
        steps = [Step(late[-1].offset, situation.day_of(made.next_at), made.next_at), *steps]
    blocked_day = situation.day_of(now) if obstacle(situation, now) in _OF_THE_DAY else None
    last_of_day = {step.day: step for step in steps if step.day != blocked_day}
    return [*_going_out(situation, made.due), *last_of_day.values()]


_OF_THE_DAY = {Reason.ALREADY_MAILED, Reason.ALREADY_REMINDED}
"""What keeps reminders from going out today, and no longer."""


def _going_out(situation: Situation, due: Step | None) -> list[Step]:
    """Return the step that goes out now: the one that is due, else the one that was gathered."""
    if due:
        return [due]
    gathered = (past for past in situation.reminders.past if past.status == "gathered")
    return [Step(past.offset, situation.day_of(past.at), past.at) for past in gathered]
