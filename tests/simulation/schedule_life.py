"""The life of a recurring invoice as its events tell it: every date is made, or it is said why not.

Dates come from a plain look at every day (`tests.domain.recurring`), which shares no code with the product.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from tests.domain.recurring.by_day import DAY, Repeat, anchors, instant
from tests.domain.recurring.model import FAR, HOUR, Model

if TYPE_CHECKING:
    from tests.simulation.simulation import Recorded, Simulation

EVENTS = "recurring_invoice."
MINUTE = timedelta(minutes=1)


@cache
def _dates(repeat: Repeat, start: date, begins: date) -> Sequence[date]:
    return list(anchors(repeat, start, begins, begins + 2 * FAR))


@dataclass
class Plan(Model):
    """The dates of a schedule, what became of each, and its pauses, which are kept for good."""

    minute: int = 0

    def left(self, until: date) -> list[tuple[date, date]]:
        days = _dates(self.repeat, self.start, self.begins)
        pairs = zip(days, days[1:] if self.in_arrears else days, strict=False)
        return [
            (day, first)
            for first, day in pairs
            if self.floor <= day <= until and (self.end is None or first <= self.end)
        ]

    def due(self, day: date) -> datetime:
        return instant(day, self.hour, self.minute, self.zone)


@dataclass
class Life:
    """One schedule, event by event; `AssertionError` where one tells what must not be.

    Where the account changed its time zone, dates are looked at, and not the instants at which they are due.
    """

    simulation: "Simulation"
    states: Sequence[Any]
    plan: Plan = field(init=False)
    failures: Counter[tuple[date, str]] = field(default_factory=Counter)
    invoices: dict[str, date] = field(default_factory=dict)
    """The date of each invoice."""

    @property
    def schedule(self) -> RecurringInvoice:
        """The schedule as it is now."""
        schedule: RecurringInvoice = self.states[-1].entity
        return schedule

    @property
    def account(self) -> str:
        """The account of the schedule."""
        return self.schedule.account

    @property
    def is_in_one_zone(self) -> bool:
        """Whether it is certain when each date was due."""
        return len(self.simulation.time_zones[self.account]) == 1

    def tell(self, recorded: Sequence["Recorded"]) -> None:
        """Go through all events of the schedule, and compare with it what each transaction left."""
        has_ended = False
        for at, events in groupby(recorded, key=lambda each: each.at):
            before, after = _around(self.states, at)
            group = list(events)
            counts = Counter(each.event.type for each in group)
            assert not has_ended, group
            assert all(count == 1 or name == f"{EVENTS}skipped" for name, count in counts.items()), group
            for each in group:
                told = _TELLERS[each.event.type.removeprefix(EVENTS)]
                told(self, each, before, after)
            has_ended = self.plan.status in {"completed", "cancelled"}
            assert (self.plan.status == "completed") == (f"{EVENTS}completed" in counts), (group, self.plan)
            assert str(after.status) == self.plan.status, (after, self.plan)
            assert after.next_billing_date == self.plan.next, (after, self.plan)
            assert after.invoices_generated == len(self.plan.made), (after, self.plan)

    def _created(self, recorded: "Recorded", _: Any, after: RecurringInvoice) -> None:
        assert recorded.event.sequence == 1, recorded
        zone = self.simulation.time_zones[self.account][-1][1]
        is_in_arrears = after.rule.billing == "in_arrears"
        rule = (_repeat(after), after.start_date, is_in_arrears)
        self.plan = Plan(*rule, after.end_date, after.max_occurrences, after.catch_up, zone)
        self._take_over(after)

    def _updated(self, _: "Recorded", before: RecurringInvoice, after: RecurringInvoice) -> None:
        plan = self.plan
        if after.start_date != before.start_date:
            assert not plan.made, after
            plan.start = plan.begins = plan.floor = after.start_date
            plan.repeat, plan.outcomes = _repeat(after), {}
            plan.pauses.clear()
            self.failures.clear()
        elif (repeat := _repeat(after)) != plan.repeat:
            ((day, first), *_rest) = plan.left(date.max)
            plan.repeat, plan.begins, plan.floor = repeat, first, day
        plan.end, plan.most = after.end_date, after.max_occurrences
        self._take_over(after)
        plan.complete()

    def _take_over(self, after: RecurringInvoice) -> None:
        self.plan.catch_up, send_at = after.catch_up, after.send_at
        self.plan.hour, self.plan.minute = send_at.hour, send_at.minute

    def _paused(self, recorded: "Recorded", _: Any, after: RecurringInvoice) -> None:
        assert self.plan.status == "active", recorded
        since = recorded.event.occurred_at
        if after.pause_reason == "customer_archived":
            archived_at = self._archived_at(recorded.at)
            assert archived_at, recorded
            since = archived_at
        self.plan.pause(since)

    def _resumed(self, recorded: "Recorded", *_: Any) -> None:
        assert self.plan.status == "paused", recorded
        self.plan.pauses.append((self.plan.paused_at or recorded.event.occurred_at, recorded.event.occurred_at))
        self.plan.status, self.plan.paused_at = "active", None

    def _cancelled(self, recorded: "Recorded", *_: Any) -> None:
        assert self.plan.status in {"active", "paused"}, recorded
        self.plan.status = "cancelled"

    def _completed(self, recorded: "Recorded", *_: Any) -> None:
        assert self.plan.status == "completed", (recorded, self.plan)

    def _skipped(self, recorded: "Recorded", before: RecurringInvoice | None, _: Any) -> None:
        data = recorded.event.data
        days = [day for day, _ in self.plan.left(date.fromisoformat(data["last_skipped"]))]
        told = (data["first_skipped"], data["last_skipped"], data["dates_skipped"])
        assert told == (days[0].isoformat(), days[-1].isoformat(), len(days)), (recorded, days)
        for day in days:
            if self.is_in_one_zone:
                self._assert_reason(recorded, day, before)
            self.plan.decide(day, data["reason"])

    def _assert_reason(self, recorded: "Recorded", day: date, before: RecurringInvoice | None) -> None:
        """The reason for which a date makes no invoice is a fact."""
        event, due = recorded.event, self.plan.due(day)
        match event.data["reason"]:
            case "skipped":
                assert event.actor.type == "api_key", recorded
                assert event.data["dates_skipped"] == 1, recorded
            case "paused" | "customer_archived":
                assert due <= event.occurred_at, (recorded, due)
                assert self._is_paused(due, recorded), (recorded, due, self.plan)
            case "catch_up" if event.actor.type == "api_key":
                assert self.plan.catch_up == "none", recorded
                assert due.date() <= event.occurred_at.date() + DAY, (recorded, due)
            case "catch_up":
                assert self._is_missed(day, recorded, before), (recorded, due, before)
            case other:
                raise AssertionError(other)

    def _invoice_generated(self, recorded: "Recorded", before: RecurringInvoice, _: Any) -> None:
        day = date.fromisoformat(recorded.event.data["occurrence_date"])
        left = self.plan.left(date.max)
        assert left, (recorded, self.plan)
        assert left[0][0] == day, (recorded, left[0], self.plan)
        if self.is_in_one_zone:
            due = self.plan.due(day)
            assert due <= recorded.event.occurred_at, (recorded, due)
            assert not self._is_paused(due, recorded), (recorded, due, self.plan)
            assert not self._is_missed(day, recorded, before), (recorded, due, before)
        self.invoices[recorded.event.data["invoice_id"]] = day
        self.plan.decide(day, "made")

    def _generation_failed(self, recorded: "Recorded", *_: Any) -> None:
        day, code = recorded.event.data["occurrence_date"], recorded.event.data["error"]["code"]
        assert self.plan.next == date.fromisoformat(day), (recorded, self.plan)
        self.failures[self.plan.next, code] += 1
        assert self.failures[self.plan.next, code] == 1, recorded

    def _is_paused(self, due: datetime, recorded: "Recorded") -> bool:
        """Whether a date fell due in a pause, or in one that began at an instant to come, of a clock that is gone."""
        archived_at, paused_at = self._archived_at(recorded.at), self.plan.paused_at
        is_to_come = paused_at is not None and paused_at > recorded.event.occurred_at + MINUTE
        return is_to_come or self.plan.pause_of(due) or (archived_at is not None and archived_at < due)

    def _is_missed(self, day: date, recorded: "Recorded", before: RecurringInvoice | None) -> bool:
        """Whether a date was due more than an hour ago, for no failure, and is not made up for."""
        now = recorded.event.occurred_at
        held = before.held_until if before else None
        if self.plan.catch_up == "all" or now - self.plan.due(day) < HOUR or (held and held >= now - HOUR):
            return False
        if self.plan.catch_up == "none":
            return True
        later = [self.plan.due(other) for other, _ in self.plan.left(date.max) if other > day]
        return bool(later) and later[0] <= now and not self._is_paused(later[0], recorded)

    def _archived_at(self, at: datetime) -> datetime | None:
        """Since when the customer was archived, at an instant."""
        customer = self.simulation.history.at(Customer, self.account, self.schedule.customer_id, at)
        return customer.archived_at if customer else None


def _around(states: Sequence[Any], at: datetime) -> tuple[Any, Any]:
    """The schedule before and after the transaction of an instant."""
    index = next(index for index, state in enumerate(states) if state.since == at)
    return states[index - 1].entity, states[index].entity


def _repeat(schedule: RecurringInvoice) -> Repeat:
    rule = schedule.rule
    return Repeat(rule.frequency, rule.interval, rule.day, rule.weekday)


_TELLERS: dict[str, Callable[..., None]] = {
    "created": Life._created,
    "updated": Life._updated,
    "paused": Life._paused,
    "resumed": Life._resumed,
    "cancelled": Life._cancelled,
    "completed": Life._completed,
    "skipped": Life._skipped,
    "invoice_generated": Life._invoice_generated,
    "generation_failed": Life._generation_failed,
}
