"""Settings of reminders: an account's own, and what a customer or an invoice has instead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import WEEKDAYS, Weekday
from invoicing.domain.errors import Detail

Mode = Literal["per_invoice", "per_customer"]
"""What a reminder names: the invoices with a step that day, or all that is open of the customer."""

MOST_ENTRIES = 20
MOST_STEPS = 100
"""The most steps that a schedule may come to: an invoice keeps what became of each."""

MOST_TIMES = 26
FARTHEST = 365
"""The most days between the due date and an offset, and between two repetitions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleEntry:
    """One step ``offset_days`` days after the due date, or ``times`` steps that are ``every_days`` days apart.

    Repetitions count from the latest ``offset_days`` of the schedule, from the due date where there is none.
    ``subject`` and ``message`` are templates of the e-mail's text, None for the default wording.
    """

    offset_days: int | None = None
    every_days: int | None = None
    times: int | None = None
    subject: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSettings:
    """How an account reminds its customers; ``send_at`` is a civil time of its time zone.

    ``since`` is when something last changed that decides whether and when steps fall due: steps that were past then
    are not made up for.
    """

    enabled: bool = False
    send_at: time = time(9)
    weekdays: tuple[Weekday, ...] = WEEKDAYS
    schedule: tuple[ScheduleEntry, ...] = ()
    mode: Mode = "per_invoice"
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderOverride:
    """What a customer or an invoice has instead of the account's settings; None: as there.

    ``mute_until`` is the last day on which nothing is sent. ``since`` is as in `ReminderSettings`.
    """

    enabled: bool | None = None
    mute_until: date | None = None
    schedule: tuple[ScheduleEntry, ...] | None = None
    since: datetime | None = None


NO_OVERRIDE = ReminderOverride()


def expanded(schedule: Sequence[ScheduleEntry]) -> dict[int, ScheduleEntry]:
    """Return the offsets from the due date of all steps, ascending, each with the entry that words it.

    Where a repetition meets an offset there is one step, with the wording of the offset; where two repetitions meet,
    with that of the first.
    """
    offsets = {entry.offset_days: entry for entry in schedule if entry.offset_days is not None}
    last = max(offsets, default=0)
    steps = dict(offsets)
    for entry in schedule:
        if entry.every_days and entry.times:
            for count in range(1, entry.times + 1):
                steps.setdefault(last + count * entry.every_days, entry)
    return dict(sorted(steps.items()))


def moves_steps[S: (ReminderSettings, ReminderOverride)](before: S, after: S) -> bool:
    """Whether a change decides whether and when steps fall due: wording, mode and muting do not."""
    return _deciding(before) != _deciding(after)


def changed_settings(before: ReminderSettings, after: ReminderSettings, now: datetime) -> ReminderSettings:
    """Return new settings with the instant since which they hold (`moves_steps`)."""
    return replace(after, since=now if moves_steps(before, after) else before.since)


def changed_override(before: ReminderOverride, after: ReminderOverride, now: datetime) -> ReminderOverride:
    """Return a new override with the instant since which it holds (`moves_steps`)."""
    return replace(after, since=now if moves_steps(before, after) else before.since)


def _deciding(of: ReminderSettings | ReminderOverride) -> tuple[object, ...]:
    steps = None if of.schedule is None else frozenset(expanded(of.schedule))
    if isinstance(of, ReminderOverride):
        return of.enabled, steps
    return of.enabled, of.send_at, frozenset(of.weekdays), steps


def texts_in(schedule: Sequence[ScheduleEntry], field: str = "schedule") -> Iterator[tuple[str, str]]:
    """Yield the path and the source of each own text of a schedule."""
    for index, entry in enumerate(schedule):
        for name, text in (("subject", entry.subject), ("message", entry.message)):
            if text is not None:
                yield f"{field}[{index}].{name}", text


def wrong_in_settings(settings: ReminderSettings) -> list[Detail]:
    """Return what is wrong in the settings of an account; nothing where they are possible."""
    return [*_wrong_weekdays(settings.weekdays), *wrong_in_schedule(settings.schedule)]


def wrong_in_schedule(schedule: Sequence[ScheduleEntry], field: str = "schedule") -> list[Detail]:
    """Return what is wrong in a schedule, by the path of each field; nothing where it is possible."""
    if len(schedule) > MOST_ENTRIES:
        return [Detail(field, f"{field} must have at most {MOST_ENTRIES} entries.", "TOO_MANY")]
    first: dict[int, int] = {}
    wrong: list[Detail] = []
    for index, entry in enumerate(schedule):
        path = f"{field}[{index}]"
        wrong += _wrong_entry(entry, path)
        if entry.offset_days is not None and first.setdefault(entry.offset_days, index) != index:
            message = f"{path}.offset_days repeats that of {field}[{first[entry.offset_days]}]; send each offset once."
            wrong.append(Detail(f"{path}.offset_days", message, "SCHEDULE_INVALID", entry.offset_days))
    if not wrong and (steps := len(expanded(schedule))) > MOST_STEPS:
        message = f"{field} must come to at most {MOST_STEPS} reminders, not {steps}; lower times."
        wrong.append(Detail(field, message, "TOO_MANY"))
    return wrong


def _wrong_weekdays(weekdays: Sequence[str]) -> Iterator[Detail]:
    if not weekdays:
        yield Detail("weekdays", "weekdays must name at least one day.", "TOO_FEW", [])
    elif len(set(weekdays)) < len(weekdays):
        yield Detail("weekdays", "weekdays must name each day once.", "SCHEDULE_INVALID", list(weekdays))


def _wrong_entry(entry: ScheduleEntry, path: str) -> Iterator[Detail]:
    if entry.offset_days is not None:
        if entry.every_days is not None or entry.times is not None:
            message = f"{path} must have either offset_days, or every_days and times."
            yield Detail(path, message, "SCHEDULE_INVALID")
        yield from _out_of_range(f"{path}.offset_days", entry.offset_days, -FARTHEST, FARTHEST)
    elif entry.every_days is None and entry.times is None:
        yield Detail(path, f"{path} must have either offset_days, or every_days and times.", "SCHEDULE_INVALID")
    else:
        repetition: Mapping[str, tuple[int | None, int]] = {
            "every_days": (entry.every_days, FARTHEST),
            "times": (entry.times, MOST_TIMES),
        }
        for name, (value, most) in repetition.items():
            yield from _out_of_range(f"{path}.{name}", value, 1, most)


def _out_of_range(field: str, value: int | None, least: int, most: int) -> Iterator[Detail]:
    if value is None:
        yield Detail(field, f"{field} is required: reminders must end.", "FIELD_REQUIRED")
    elif not least <= value <= most:
        yield Detail(field, f"{field} must be from {least} to {most}.", "VALUE_INVALID", value)
