"""Codec of the settings of reminders, which accounts, customers and invoices have."""

from datetime import time
from typing import Any

from invoicing.domain.reminders.settings import NO_OVERRIDE, ReminderOverride, ReminderSettings, ScheduleEntry
from invoicing.storage.dynamodb import item_codec


def reminder_settings_from(values: dict[str, Any]) -> ReminderSettings:
    """Read the settings of an account."""
    return ReminderSettings(
        **values
        | item_codec.instants(values, "since")
        | {
            "send_at": time.fromisoformat(values["send_at"]),
            "weekdays": tuple(values["weekdays"]),
            "schedule": _schedule(values["schedule"]),
        }
    )


def reminder_override_from(values: dict[str, Any] | None) -> ReminderOverride:
    """Read what a customer or an invoice has instead."""
    if not values:
        return NO_OVERRIDE
    schedule = None if values["schedule"] is None else _schedule(values["schedule"])
    times = item_codec.instants(values, "since") | item_codec.dates(values, "mute_until")
    return ReminderOverride(**values | times | {"schedule": schedule})


def reminder_override_values(override: ReminderOverride) -> ReminderOverride | None:
    """Return what is packed of an override; most say nothing."""
    return None if override == NO_OVERRIDE else override


def _schedule(values: list[dict[str, Any]]) -> tuple[ScheduleEntry, ...]:
    return tuple(ScheduleEntry(**entry) for entry in values)
