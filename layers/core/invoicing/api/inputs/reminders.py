"""Bodies of requests about reminders."""

from datetime import time
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import CivilDate, Name, Text, Word, whole_number_check, whole_number_schema
from invoicing.api.inputs.instants import Morning
from invoicing.domain.calendar import WEEKDAYS, Weekday
from invoicing.domain.merging import Merge
from invoicing.domain.reminders.settings import (
    FARTHEST,
    MOST_ENTRIES,
    MOST_TIMES,
    Mode,
    ReminderOverride,
    ReminderSettings,
    ScheduleEntry,
)


def _whole(least: int, most: int) -> Any:
    return Annotated[int, PlainValidator(whole_number_check(least, most)), whole_number_schema(least, most)]


_Offset: Any = _whole(-FARTHEST, FARTHEST)
_Interval: Any = _whole(1, FARTHEST)
_Times: Any = _whole(1, MOST_TIMES)
_Step: Any = _whole(-FARTHEST, FARTHEST * (1 + MOST_TIMES))


class ScheduleEntryInput(RequestBody):
    """A step ``offset_days`` days after the due date, or ``times`` steps that are ``every_days`` days apart."""

    offset_days: _Offset | None = None
    every_days: _Interval | None = None
    times: _Times | None = None
    subject: Name | None = None
    message: Text | None = None

    def entry(self) -> ScheduleEntry:
        """Convert to the domain's value."""
        return ScheduleEntry(**self.model_dump())


_Schedule = Annotated[list[ScheduleEntryInput], Field(max_length=MOST_ENTRIES)]


class ReplaceRemindersInput(RequestBody):
    """Body of ``PUT /reminders``: a field that is left out gets its default."""

    enabled: Annotated[bool, Field(strict=True)] = False
    send_at: Morning = time(9)
    weekdays: Annotated[list[Weekday], Field(max_length=len(WEEKDAYS))] = Field(default_factory=lambda: [*WEEKDAYS])
    schedule: _Schedule = Field(default_factory=list)
    mode: Mode = "per_invoice"

    def settings(self) -> ReminderSettings:
        """Convert to the domain's value."""
        return ReminderSettings(
            enabled=self.enabled,
            send_at=self.send_at,
            weekdays=tuple(self.weekdays),
            schedule=tuple(entry.entry() for entry in self.schedule),
            mode=self.mode,
        )


class ReminderOverrideInput(RequestBody):
    """What a customer or an invoice has instead of the account's reminders; null: as there."""

    enabled: Annotated[bool, Field(strict=True)] | None = None
    mute_until: CivilDate | None = None
    schedule: _Schedule | None = None

    def override(self) -> ReminderOverride:
        """Convert to the domain's value."""
        return ReminderOverride(**self._values())

    def merged(self) -> Merge:
        """Convert to changes: a member that is left out stays."""
        values = self._values()
        return Merge({name: values[name] for name in self.model_fields_set}, ReminderOverride)

    def _values(self) -> dict[str, Any]:
        schedule = None if self.schedule is None else tuple(entry.entry() for entry in self.schedule)
        return {"enabled": self.enabled, "mute_until": self.mute_until, "schedule": schedule}


class PreviewReminderInput(RequestBody):
    """Body of ``POST /reminders/preview``: an invoice, and a step of its schedule; without one, a reminder by hand."""

    invoice_id: Word
    step: _Step | None = None
