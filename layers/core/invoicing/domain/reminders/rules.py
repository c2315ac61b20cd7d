"""The rules of reminders that hold for an invoice: its own, else its customer's, else the account's."""

from collections.abc import Mapping
from datetime import date, datetime, time

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import Weekday
from invoicing.domain.reminders.settings import (
    NO_OVERRIDE,
    ReminderOverride,
    ReminderSettings,
    ScheduleEntry,
    expanded,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRules:
    """What holds for an invoice; ``entries`` has the offsets of all steps in days from the due date, ascending.

    Steps that were past at ``since`` are never sent; None: since ever. Nothing is sent up to and on ``mute_until``.
    """

    enabled: bool
    send_at: time
    weekdays: tuple[Weekday, ...]
    entries: Mapping[int, ScheduleEntry]
    mute_until: date | None = None
    since: datetime | None = None


def rules_for(
    account: ReminderSettings, customer: ReminderOverride = NO_OVERRIDE, invoice: ReminderOverride = NO_OVERRIDE
) -> ReminderRules:
    """Return the rules of an invoice.

    Whether reminders are sent, and by which schedule, is for the invoice to say, else for the customer, else for the
    account. Muted is who is muted by any of them.
    """
    overrides = (invoice, customer)
    schedule = next((each.schedule for each in overrides if each.schedule is not None), account.schedule)
    return ReminderRules(
        enabled=next((each.enabled for each in overrides if each.enabled is not None), account.enabled),
        send_at=account.send_at,
        weekdays=account.weekdays,
        entries=expanded(schedule),
        mute_until=max((each.mute_until for each in overrides if each.mute_until), default=None),
        since=max((each.since for each in (account, *overrides) if each.since), default=None),
    )
