"""Reminders in responses."""

from datetime import datetime
from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.api.outputs.reminder_overrides import (
    ReminderOverrideOutput,
    ScheduleEntryOutput,
    reminder_override_output,
    schedule_output,
)
from invoicing.domain.calendar import Weekday
from invoicing.domain.invoices.lifecycle import is_issued, possible_actions
from invoicing.domain.reminders.listing import coming_steps, past_steps
from invoicing.domain.reminders.settings import Mode, ReminderSettings
from invoicing.domain.reminders.state import InvoiceReminders, PastStep
from invoicing.operations.reminders._reminded import Reminded

REMINDERS_LINKS = {"self": "/reminders", "account": "/account", "preview": "/reminders/preview"}
"""Paths of the related resources of an account's reminders."""


class RemindersOutput(TypedDict):
    """How an account reminds its customers; ``send_at`` is a time of day in its time zone."""

    enabled: bool
    send_at: str
    weekdays: list[Weekday]
    schedule: list[ScheduleEntryOutput]
    mode: Mode


class PastReminderOutput(TypedDict):
    """A step that came, or a reminder by hand, whose ``step`` and ``at`` are null."""

    step: int | None
    at: str | None
    status: str
    reason: str | None
    sent_at: str | None
    delivery_ids: list[str]


class ReminderPreviewOutput(TypedDict):
    """The wording of a reminder."""

    subject: str
    html: str
    text: str


class ComingReminderOutput(TypedDict):
    """A step that comes if nothing changes."""

    step: int
    at: str


class InvoiceRemindersOutput(TypedDict):
    """The reminders of an invoice: what holds for it, what it has of its own, past steps and coming ones."""

    enabled: bool
    mute_until: str | None
    override: ReminderOverrideOutput
    past: list[PastReminderOutput]
    coming: list[ComingReminderOutput]


def reminders_output(settings: ReminderSettings) -> RemindersOutput:
    """Return the settings of an account as responses show them."""
    return RemindersOutput(
        enabled=settings.enabled,
        send_at=f"{settings.send_at:%H:%M}",
        weekdays=list(settings.weekdays),
        schedule=schedule_output(settings.schedule),
        mode=settings.mode,
    )


def invoice_reminders_output(reminded: Reminded, now: datetime) -> InvoiceRemindersOutput:
    """Return the reminders of an invoice as responses show them; a draft has only settings."""
    rules, reminders = reminded.rules, reminded.reminders
    issued = is_issued(reminded.invoice)
    past = [_past_step(step) for step in past_steps(reminded.situation, now)] if issued else []
    coming = coming_steps(reminded.situation, now) if issued else []
    return InvoiceRemindersOutput(
        enabled=rules.enabled,
        mute_until=rules.mute_until.isoformat() if rules.mute_until else None,
        override=reminder_override_output(reminders.override),
        past=sorted((*past, *_by_hand(reminders)), key=lambda each: each["sent_at"] or each["at"] or ""),
        coming=[ComingReminderOutput(step=step.offset, at=timestamp(step.at)) for step in coming],
    )


def invoice_reminders_links(reminded: Reminded) -> dict[str, str | None]:
    """Return the links of the reminders of an invoice."""
    invoice = f"/invoices/{reminded.invoice.id}"
    can_remind = "remind" in possible_actions(reminded.invoice)
    return {
        "self": f"{invoice}/reminders",
        "invoice": invoice,
        "remind": f"{invoice}/reminders" if can_remind else None,
        "account_reminders": "/reminders",
    }


def _past_step(step: PastStep) -> PastReminderOutput:
    return PastReminderOutput(
        step=step.offset,
        at=timestamp(step.at),
        status=step.status,
        reason=str(step.reason) if step.reason else None,
        sent_at=timestamp(step.sent_at) if step.sent_at else None,
        delivery_ids=list(step.delivery_ids),
    )


def _by_hand(reminders: InvoiceReminders) -> list[PastReminderOutput]:
    return [
        PastReminderOutput(
            step=None,
            at=None,
            status="sent",
            reason=None,
            sent_at=timestamp(each.sent_at),
            delivery_ids=list(each.delivery_ids),
        )
        for each in reminders.by_hand
    ]
