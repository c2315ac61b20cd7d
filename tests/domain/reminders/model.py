"""The rules of reminders once more, as a plain loop over days and hours, which shares no code with the product.

It looks at every invoice in every hour in which reminders are sent, and remembers what became of each step.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

Timetable = dict[int, tuple[date, datetime]]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@cache
def instant(day: date, clock: str, zone: str) -> datetime:
    """The first instant at which clocks show a time; a time they skip is read as if they had not been changed yet."""
    wall = datetime.combine(day, datetime.strptime(clock, "%H:%M").time())  # noqa: DTZ007 - what clocks show
    before, after = (
        ZoneInfo(zone).utcoffset(wall + shift) or timedelta() for shift in (timedelta(days=-2), timedelta(days=2))
    )
    for offset in sorted((before, after), reverse=True):
        at = (wall - offset).replace(tzinfo=UTC)
        if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall:
            return at
    return (wall - before).replace(tzinfo=UTC)


@cache
def local_day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


@cache
def timetable(due: date, offsets: frozenset[int], weekdays: tuple[str, ...], clock: str, zone: str) -> Timetable:
    """The steps of an invoice by their offsets, each with the day it is moved to and its instant."""
    found = {}
    for offset in sorted(offsets):
        day = due + offset * DAY
        while NAMES[day.weekday()] not in weekdays:
            day += DAY
        found[offset] = day, instant(day, clock, zone)
    return found


def offsets(schedule: list[dict[str, int]]) -> set[int]:
    """The days of a schedule, counted from the due date."""
    single = {entry["offset_days"] for entry in schedule if "offset_days" in entry}
    last = max(single) if single else 0
    repeated = {
        last + times * entry["every_days"]
        for entry in schedule
        if "every_days" in entry
        for times in range(1, entry["times"] + 1)
    }
    return single | repeated


@dataclass
class Held:
    """An invoice: what became of its steps, and what happened to it."""

    customer: str
    due: date
    issued: datetime
    mailed: datetime | None
    closed: str | None = None
    reopened: datetime | None = None
    done: dict[int, str] = field(default_factory=dict)
    may_be_paid: set[int] = field(default_factory=set)  # it passed while the invoice was closed
    sent: datetime | None = None  # its last reminder
    schedule_then: set[int] = field(default_factory=set)  # when its last reminder was sent


class Model:
    """Predicts every mail, and what becomes of each step."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self.account: dict[str, Any] = self._complete({})
        self.own: dict[str, dict[str, Any]] = {}  # what a customer or an invoice has of its own
        self.since: dict[str, datetime] = {}  # of the account (""), a customer or an invoice
        self.held: dict[str, Held] = {}
        self.reach_reason: dict[str, str | None] = {}
        self.reminded: dict[str, datetime] = {}
        self.quiet_until = LONG_AGO  # nothing is sent before
        self.mails: list[tuple[datetime, str, frozenset[tuple[str, int]], frozenset[str], str]] = []

    # What happens.

    def put_settings(self, now: datetime, **given: Any) -> None:
        self._before_change(now)
        after = self._complete(given)
        if self._essence(self.account) != self._essence(after):
            self.since[""] = now
        self.account = after

    def override_customer(self, now: datetime, customer: str, **given: Any) -> None:
        self._override(now, customer, given)

    def override_invoice(self, now: datetime, invoice: str, **given: Any) -> None:
        self._override(now, invoice, given)

    def move(self, now: datetime, zone: str) -> None:
        self._before_change(now)
        self.zone = zone

    def issue(self, now: datetime, invoice: str, customer: str, due: date, *, mail: bool = True) -> None:
        self.held[invoice] = Held(customer, due, now, now if mail else None)

    def mail(self, now: datetime, invoice: str) -> None:
        self.held[invoice].mailed = now

    def close(self, now: datetime, invoice: str, reason: str = "paid") -> None:
        self.held[invoice].closed = reason

    def reopen(self, now: datetime, invoice: str) -> None:
        self._before_change(now)
        self.held[invoice].closed, self.held[invoice].reopened = None, now

    def reach(self, now: datetime, customer: str, reason: str | None) -> None:
        self.reach_reason[customer] = reason

    def remind_by_hand(self, now: datetime, customer: str) -> None:
        self.reminded[customer] = now

    # What follows.

    def tick(self, now: datetime) -> None:
        if now < self.quiet_until:
            return
        today = local_day(now, self.zone)
        days = [today + count * DAY for count in range(-1, 9)]
        begins = [instant(day, self.account["send_at"], self.zone) for day in days if self._permits(day)]
        if not any(begin <= now <= begin + 4 * HOUR for begin in begins):
            self.quiet_until = min(begin for begin in begins if begin > now)
            return
        for customer in sorted({held.customer for held in self.held.values()}):
            mine = [name for name, held in self.held.items() if held.customer == customer]
            steps = {name: offset for name in mine if (offset := self._step_to_send(name, now)) is not None}
            if steps:
                self._send(customer, steps, mine, now)

    def end(self, now: datetime, name: str) -> dict[int, set[str]]:
        """What may be said of each past step of an invoice at the end; of most that is one word.

        What is said of a step that passed while its invoice was closed, and before reminders were set up anew, depends
        on whether anybody looked at the invoice in between: nothing ("") where the step is no longer in the schedule.
        """
        held = self.held[name]
        self._before_change(now)
        said = {offset: {"", "paid", "cancelled"} for offset in held.may_be_paid}
        said |= {offset: {reason} for offset, reason in held.done.items()}
        if not self._enabled(name):
            return said
        over = {offset: at for offset, (_, at) in self._steps(name) if at <= now and offset not in held.done}
        late = {offset: at for offset, at in over.items() if not self._is_settled(name, offset, at)}
        said |= {offset: said.get(offset, set()) - {""} | {"too_old"} for offset in over.keys() - late.keys()}
        for offset, reason in self._fates(name, late).items():
            if reason != "send":
                overtaken = any(offset < other for other in held.may_be_paid)
                said[offset] = {reason, "too_old"} if overtaken else {reason}
        return said

    def future(self, now: datetime) -> dict[str, list[tuple[int, datetime]]]:
        """The steps of each invoice that go out after a tick if nothing happens any more."""
        later = deepcopy(self)
        later.mails = []
        for count in range(-1, 130):
            at = instant(local_day(now, self.zone) + count * DAY, self.account["send_at"], self.zone)
            if at > now:
                later.tick(at)
        sent = [(name, offset, mail[0]) for mail in later.mails for name, offset in mail[2]]
        return {name: [(offset, at) for other, offset, at in sent if other == name] for name in self.held}

    def _step_to_send(self, name: str, now: datetime) -> int | None:
        held = self.held[name]
        if not self._enabled(name):
            return None
        come = self._come(name, now)
        if held.closed:
            held.may_be_paid |= come.keys()
            return None
        fates = self._fates(name, come)
        held.done |= fates
        for offset, fate in fates.items():
            if fate == "send":
                held.done[offset] = self._excuse(name, now) or "sent"
                return offset if held.done[offset] == "sent" else None
        return None

    def _come(self, name: str, now: datetime) -> dict[int, datetime]:
        """The steps whose time has come, and of which nothing became yet."""
        steps = {offset: at for offset, (_, at) in self._steps(name) if at <= now}
        return {offset: at for offset, at in steps.items() if not self._is_settled(name, offset, at)}

    def _fates(self, name: str, come: dict[int, datetime]) -> dict[int, str]:
        """What becomes of steps whose time has come: at most one is "send"."""
        held = self.held[name]
        days = {offset: day for offset, (day, _) in self._steps(name) if offset in come}
        fates: dict[int, str] = {}
        latest: int | None = None
        for offset in sorted(come, reverse=True):
            if held.closed or (held.reopened and come[offset] <= held.reopened):
                fates[offset] = held.closed or "paid"
            elif self._mute(name) >= days[offset]:
                fates[offset] = "muted"
            elif held.sent and offset not in held.schedule_then and self._days_after(days[offset], held.sent) < 2:
                fates[offset] = "superseded"
            elif latest is None:
                fates[offset], latest = "send", offset
            else:
                fates[offset] = "superseded" if days[offset] == days[latest] else "too_old"
        return fates

    def _days_after(self, day: date, at: datetime) -> int:
        return (day - local_day(at, self.zone)).days

    def _excuse(self, name: str, now: datetime) -> str | None:
        held, today = self.held[name], local_day(now, self.zone)
        if reason := self.reach_reason.get(held.customer):
            return reason
        if held.mailed and local_day(held.mailed, self.zone) == today:
            return "already_mailed"
        last = self.reminded.get(held.customer)
        return "already_reminded" if last and local_day(last, self.zone) == today else None

    def _send(self, customer: str, steps: dict[str, int], mine: list[str], now: datetime) -> None:
        named = set(steps)
        today = local_day(now, self.zone)
        if self.account["mode"] == "per_customer":
            named |= {
                name for name in mine if not self.held[name].closed and self._enabled(name) and self._mute(name) < today
            }
            named -= {name for name in mine if name not in steps and self.held[name].issued > now}
        for name in steps:
            self.held[name].sent = now
            self.held[name].schedule_then = offsets(self._schedule(name))
        lead = min(steps, key=lambda name: (self.held[name].due, name))
        self.reminded[customer] = now
        self.mails.append((now, customer, frozenset(steps.items()), frozenset(named), lead))

    # What holds for an invoice.

    def _steps(self, name: str) -> Iterator[tuple[int, tuple[date, datetime]]]:
        account, wanted = self.account, frozenset(offsets(self._schedule(name)))
        days = timetable(self.held[name].due, wanted, tuple(account["weekdays"]), account["send_at"], self.zone)
        yield from days.items()

    def _is_settled(self, name: str, offset: int, at: datetime) -> bool:
        """Whether a step is past for good: decided, before one that is, or past before anybody asked for it."""
        held = self.held[name]
        asked = [self.since[key] for key in ("", held.customer, name) if key in self.since]
        return at <= max([held.issued, *asked]) or (bool(held.done) and offset <= max(held.done))

    def _permits(self, day: date) -> bool:
        return NAMES[day.weekday()] in self.account["weekdays"]

    def _own(self, name: str, word: str) -> Any:
        for owner in (name, self.held[name].customer):
            if self.own.get(owner, {}).get(word) is not None:
                return self.own[owner][word]
        return self.account[word]

    def _enabled(self, name: str) -> bool:
        return bool(self._own(name, "enabled"))

    def _schedule(self, name: str) -> list[dict[str, int]]:
        return list(self._own(name, "schedule"))

    def _mute(self, name: str) -> date:
        return max(self.own.get(owner, {}).get("mute_until") or date.min for owner in (name, self.held[name].customer))

    def _override(self, now: datetime, owner: str, given: dict[str, Any]) -> None:
        self._before_change(now)
        before = self.own.get(owner, {})
        if any(self._compared(before.get(word)) != self._compared(given.get(word)) for word in ("enabled", "schedule")):
            self.since[owner] = now
        self.own[owner] = given

    def _before_change(self, now: datetime) -> None:
        self.quiet_until = LONG_AGO
        for name, held in self.held.items():
            if held.closed and self._enabled(name):
                held.may_be_paid |= self._come(name, now).keys()

    def _compared(self, value: Any) -> Any:
        return offsets(value) if isinstance(value, list) else value

    def _complete(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"enabled": False, "send_at": "09:00", "weekdays": NAMES, "schedule": [], "mode": "per_invoice"} | given

    def _essence(self, account: dict[str, Any]) -> tuple[Any, ...]:
        days = set(account["weekdays"])
        return account["enabled"], account["send_at"], days, offsets(account["schedule"])
