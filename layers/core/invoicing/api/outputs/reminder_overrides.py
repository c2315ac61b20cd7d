"""What customers and invoices have instead of the account's reminders, in responses."""

from collections.abc import Sequence
from typing import TypedDict

from invoicing.domain.reminders.settings import ReminderOverride, ScheduleEntry


class ScheduleEntryOutput(TypedDict):
    """A step, or several that are some days apart."""

    offset_days: int | None
    every_days: int | None
    times: int | None
    subject: str | None
    message: str | None


class ReminderOverrideOutput(TypedDict):
    """What a customer or an invoice has instead; null: as for all."""

    enabled: bool | None
    mute_until: str | None
    schedule: list[ScheduleEntryOutput] | None


def reminder_override_output(override: ReminderOverride) -> ReminderOverrideOutput:
    """Return an override as responses show it."""
    return ReminderOverrideOutput(
        enabled=override.enabled,
        mute_until=override.mute_until.isoformat() if override.mute_until else None,
        schedule=None if override.schedule is None else schedule_output(override.schedule),
    )


def schedule_output(schedule: Sequence[ScheduleEntry]) -> list[ScheduleEntryOutput]:
    """Return a schedule as responses show it."""
    return [
        ScheduleEntryOutput(
            offset_days=entry.offset_days,
            every_days=entry.every_days,
            times=entry.times,
            subject=entry.subject,
            message=entry.message,
        )
        for entry in schedule
    ]
