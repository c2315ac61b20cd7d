"""Any life of a schedule, against a model: each date makes one invoice, or it is said why not."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from invoicing.domain.recurring.changing import change
from invoicing.domain.recurring.creating import started
from invoicing.domain.recurring.lifecycle import Moved, cancel, pause, resume, skip
from invoicing.domain.recurring.occurrences import Occurrence, Skipped, next_occurrence
from invoicing.domain.recurring.progress import failed, made, settled, skipped
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from tests.builders import an_account
from tests.domain.recurring.by_day import NAMES, Repeat
from tests.domain.recurring.model import Model
from tests.domain.recurring.plans import Engine, a_schedule
from tests.domain.recurring.test_lifecycle import BAD
from tests.examples import examples

BEGIN = datetime(2027, 1, 20, 10, 30, tzinfo=UTC)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"]

repeats = st.builds(
    lambda frequency, interval, day, weekday: Repeat(
        frequency,
        interval,
        day if frequency in {"monthly", "quarterly", "yearly"} else None,
        weekday if frequency == "weekly" else None,
    ),
    st.sampled_from(["daily", "weekly", "monthly", "quarterly"]),
    st.sampled_from([1, 1, 2, 3]),
    st.sampled_from([None, "last", 1, 15, 30, 31]),
    st.sampled_from([None, *NAMES]),
)


@dataclass
class Keeper(Engine):
    """An engine that keeps what became of each date."""

    outcomes: dict[date, str] = field(default_factory=dict)
    is_broken: bool = False

    def tick(self, now: datetime) -> None:
        self.schedule = settled(self.schedule, self.account)
        while self.schedule.next_at and self.schedule.next_at <= now:
            match next_occurrence(self.schedule, self.account, now):
                case Occurrence() if self.is_broken:
                    self.schedule, _ = failed(self.schedule, BAD, self.account, now)
                case Occurrence() as occurrence:
                    self.decide(occurrence.occurrence_date, "made")
                    self.schedule = made(self.schedule, occurrence, self.account, now)
                case Skipped() as found:
                    self.take((self.schedule, (found,)))
                    self.schedule = skipped(self.schedule, found, self.account, now)
                case None:
                    raise AssertionError("it is due, and there is nothing to do")

    def decide(self, day: date, outcome: str) -> None:
        assert day not in self.outcomes
        assert all(day > other for other in self.outcomes)
        self.outcomes[day] = outcome

    def take(self, moved: Moved) -> None:
        """Note what was skipped; by the dates that the schedule had before."""
        timetable = self.schedule.timetable
        for found in moved[1]:
            first, last = timetable.on_or_after(found.first), timetable.on_or_after(found.last)
            assert found.count == last - first + 1
            for index in range(first, last + 1):
                self.decide(timetable.at(index) or date.max, found.reason)
        self.schedule = moved[0]


class Life(RuleBasedStateMachine):
    """What a client does, what fails, and how time passes."""

    keeper: Keeper
    model: Model
    now = BEGIN

    @initialize(
        repeat=repeats,
        start=st.integers(0, 40),
        in_arrears=st.booleans(),
        end=st.none() | st.integers(100, 900),
        most=st.none() | st.integers(1, 60),
        catch_up=st.sampled_from(["all", "latest", "none"]),
        zone=st.sampled_from(ZONES),
    )
    def create(self, repeat: Repeat, start: int, end: int | None, **given: Any) -> None:
        first = BEGIN.date() + timedelta(days=2 + start)
        last = None if end is None else first + timedelta(days=end)
        self.model = Model(repeat, first, given["in_arrears"], last, given["most"], given["catch_up"], given["zone"])
        account = an_account(time_zone=given["zone"])
        schedule = a_schedule(
            repeat.frequency,
            first.isoformat(),
            **_rule(repeat),
            billing="in_arrears" if given["in_arrears"] else "in_advance",
            end_date=last,
            max_occurrences=given["most"],
            catch_up=given["catch_up"],
        )
        begun, _ = started(schedule, account, BEGIN, catches_up=False)
        self.keeper = Keeper(begun, account)

    @property
    def schedule(self) -> RecurringInvoice:
        return self.keeper.schedule

    def is_running(self) -> bool:
        return self.schedule.status in {"active", "paused"}

    @rule(hours=st.integers(1, 24 * 40), minutes=st.integers(0, 59))
    def engine_works(self, hours: int, minutes: int) -> None:
        self.tick()
        until = self.now + timedelta(hours=hours, minutes=minutes)
        while self.schedule.next_at and self.schedule.next_at <= until:
            self.now = self.schedule.next_at
            self.tick()
        self.now = until
        self.tick()

    @rule(hours=st.integers(1, 24 * 100), minutes=st.integers(0, 59))
    def outage(self, hours: int, minutes: int) -> None:
        self.now += timedelta(hours=hours, minutes=minutes)

    @rule()
    def tick(self) -> None:
        self.keeper.tick(self.now)
        while self.schedule.next_at and self.schedule.next_at <= self.now + timedelta(minutes=5):
            if self.schedule.attempts or not self.schedule.burst or self.schedule.burst.made < 24:
                break
            self.now += timedelta(minutes=5)  # more than one tick makes
            self.keeper.tick(self.now)
        self.model.tick(self.now)

    @precondition(lambda self: self.schedule.status == "active")
    @rule()
    def pause(self) -> None:
        self.keeper.schedule = pause(self.schedule, self.now)
        self.model.pause(self.now)

    @precondition(lambda self: self.schedule.status == "paused")
    @rule()
    def resume(self) -> None:
        self.keeper.take(resume(self.schedule, self.keeper.account, self.now))
        self.model.resume(self.now)

    @precondition(is_running)
    @rule()
    def skip(self) -> None:
        self.keeper.take(skip(self.schedule, self.keeper.account, self.now))
        self.model.skip(self.now)

    @precondition(is_running)
    @rule(repeat=repeats, shift=st.none() | st.integers(-40, 200), most=st.none() | st.integers(1, 60))
    def change(self, repeat: Repeat, shift: int | None, most: int | None) -> None:
        end = None if shift is None else max(self.now.date(), self.model.start) + timedelta(days=shift)
        values = {**_rule(repeat), "frequency": repeat.frequency, "end_date": end, "max_occurrences": most}
        self.keeper.take(change(self.schedule, values, self.keeper.account, self.now))
        self.model.change(self.now, repeat, end, most)

    @precondition(is_running)
    @rule(seldom=st.integers(1, 8))
    def cancel(self, seldom: int) -> None:
        if seldom == 1:
            self.keeper.schedule = cancel(self.schedule, self.now)
            self.model.status = "cancelled"

    @rule()
    def breaks_or_is_mended(self) -> None:
        self.keeper.is_broken = self.model.is_broken = not self.model.is_broken

    @rule(zone=st.sampled_from(ZONES))
    def move(self, zone: str) -> None:
        self.keeper.account = replace(self.keeper.account, time_zone=zone)
        self.keeper.schedule = settled(self.schedule, self.keeper.account)
        self.model.zone = zone
        self.model.forget()

    @invariant()
    def they_agree(self) -> None:
        assert self.keeper.outcomes == self.model.outcomes
        assert str(self.schedule.status) == self.model.status
        assert self.schedule.next_billing_date == self.model.next
        assert self.schedule.invoices_generated == len(self.model.made)
        assert (self.schedule.next_at is None) == (self.schedule.next_billing_date is None)


def _rule(repeat: Repeat) -> dict[str, Any]:
    return {"interval": repeat.interval, "day": repeat.day, "weekday": repeat.weekday}


TestLife = pytest.mark.slow(Life.TestCase)
TestLife.settings = settings(max_examples=examples(60), stateful_step_count=30, deadline=None)
