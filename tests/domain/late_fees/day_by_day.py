"""Late fees once more, as slowly and plainly as can be: day by day, in exact fractions, without the product's code."""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Literal

DAY = timedelta(days=1)


def half_up(number: Fraction) -> int:
    return int(number + Fraction(1, 2))


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Per cents are fractions of 1, amounts and tiers are in units."""

    type: Literal["fixed", "percentage", "daily_interest"]
    rate_on: Callable[[date], Fraction] = lambda _: Fraction(0)
    basis: Literal["period", "start", "payment"] = "period"
    fee_for: Callable[[int], int] = lambda _: 0
    period: Literal["once", "P7D", "P1M"] = "once"
    grace: int = 0
    most: int | None = None


@dataclass
class Ledger:
    """One invoice with what changed its amount due, in units, and the fees that it was charged."""

    rules: Rules
    payable: int
    anchor: date
    changes: Mapping[date, int]
    charged: list[tuple[date | None, date, int]] = field(default_factory=list)

    def open_at_start(self, day: date) -> int:
        return max(self.payable + sum(amount for on, amount in self.changes.items() if on < day), 0)

    def late(self, day: date) -> bool:
        return day > self.anchor and self.open_at_start(day) > 0

    def late_days(self, until: date) -> list[date]:
        days = [self.anchor + DAY * number for number in range(1, (until - self.anchor).days + 1)]
        return [day for day in days if self.late(day)]

    @cached_property
    def start(self) -> date:
        return next(day for day in self.late_days(self.anchor + DAY * 1000))

    def accrued(self, until: date) -> Fraction:
        if self.rules.basis == "payment":
            return self._accrued_by_unit(until)
        total = Fraction(0)
        for day in self.late_days(until):
            rate = self.rules.rate_on(self.start if self.rules.basis == "start" else day)
            total += self.open_at_start(day) * rate / 365
        return total

    def _accrued_by_unit(self, until: date) -> Fraction:
        """Every unit stands in a queue with its late days, and takes the rate of the day on which it leaves."""
        queue: list[int] = []
        total = Fraction(0)
        for number in range(1, (until - self.anchor).days + 1):
            day = self.anchor + DAY * number
            queue += [0] * (self.open_at_start(day) - len(queue))
            queue = [days + 1 for days in queue]
            leaving = len(queue) if day == until else max(len(queue) - self.open_at_start(day + DAY), 0)
            total += sum(queue[:leaving]) * self.rules.rate_on(day) / 365
            queue = queue[leaving:]
        return total

    def ends(self, until: date) -> Sequence[date]:
        """The last days of all periods that begin up to a day, found by looking at every day."""
        found = []
        for number in range(1, (until - self.anchor).days + 40):
            day = self.anchor + DAY * number
            last_of_month = day.day == monthrange(day.year, day.month)[1]
            if self.rules.period == "P7D":
                ends = number % 7 == 0
            else:
                ends = day.day == self.anchor.day or (last_of_month and day.day < self.anchor.day)
            if ends:
                found.append(day)
        return found

    def charge(self, today: date) -> list[tuple[date | None, date, int]]:
        """Charge what is due on a day, and return it."""
        late = self.late_days(today)
        claimable = self.anchor + DAY * (self.rules.grace + 1)
        if not late or late[-1] < claimable:
            return []
        before = len(self.charged)
        if self.rules.period == "once":
            if not self.charged:
                self._charge_once(late, claimable)
        else:
            self._charge_periods(late, today)
        return self.charged[before:]

    def _charge_once(self, late: list[date], claimable: date) -> None:
        first = next(day for day in late if day >= claimable)
        if self.rules.type == "daily_interest":
            self._add(None, late[-1], half_up(self.accrued(late[-1])))
        elif self.rules.type == "percentage":
            self._add(None, first, half_up(self.open_at_start(first) * self.rules.rate_on(first)))
        else:
            self._add(None, first, self.rules.fee_for(self.open_at_start(late[0])))

    def _charge_periods(self, late: list[date], today: date) -> None:
        paid = self.open_at_start(today + DAY) == 0
        begin, exact = self.anchor + DAY, Fraction(0)
        for end in self.ends(today):
            if begin > late[-1] or not (end < today or paid):
                return
            latest = max((charged for charged, _, _ in self.charged if charged), default=date.min)
            last_day = min(end, late[-1])
            if self.rules.type == "daily_interest":
                amount = half_up(self.accrued(last_day)) - sum(amount for _, _, amount in self.charged)
            else:
                last_day, so_far = end, half_up(exact)
                open_then = self.open_at_start(end) if end in late else 0
                exact += self.rules.fee_for(self.open_at_start(late[0])) if open_then else 0
                exact += open_then * self.rules.rate_on(end) if self.rules.type == "percentage" else 0
                amount = half_up(exact) - so_far
            if end > latest:
                self._add(end, last_day, amount)
            begin = end + DAY

    def _add(self, end: date | None, last_day: date, amount: int) -> None:
        if self.rules.most is not None:
            amount = min(amount, self.rules.most - sum(charged for _, _, charged in self.charged))
        if amount > 0:
            self.charged.append((end, last_day, amount))
