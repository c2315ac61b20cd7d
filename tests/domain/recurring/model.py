"""The rules of recurring invoices once more, as a plain loop over the days that are left; it shares no code with the
product but the look at every day of `by_day`."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.domain.recurring.by_day import DAY, Repeat, anchors, instant

HOUR = timedelta(hours=1)
FAR = timedelta(days=1200)


@dataclass
class Model:
    """What becomes of each date: ``made``, or why not."""

    repeat: Repeat
    start: date
    in_arrears: bool
    end: date | None
    most: int | None
    catch_up: str
    zone: str
    hour: int = 9
    begins: date = field(init=False)
    floor: date = field(init=False)  # nothing before it is decided any more
    status: str = "active"
    paused_at: datetime | None = None
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    outcomes: dict[date, str] = field(default_factory=dict)
    is_broken: bool = False
    attempts: int = 0
    held: datetime | None = None

    def __post_init__(self) -> None:
        self.begins = self.floor = self.start

    @property
    def made(self) -> list[date]:
        return [day for day, outcome in self.outcomes.items() if outcome == "made"]

    def left(self, until: date) -> list[tuple[date, date]]:
        """The dates that are not decided, each with the first day of its period."""
        days = list(anchors(self.repeat, self.start, self.begins, until))
        pairs = list(zip(days, days[1:] if self.in_arrears else days, strict=False))
        return [(day, first) for first, day in pairs if day >= self.floor and (self.end is None or first <= self.end)]

    @property
    def next(self) -> date | None:
        """The first date that is not decided."""
        if self.status in {"completed", "cancelled"}:
            return None
        return next((day for day, _ in self.left(self.floor + FAR)), None)

    def due(self, day: date) -> datetime:
        return instant(day, self.hour, 0, self.zone)

    def pause_of(self, at: datetime) -> bool:
        inside = any(since < at <= until for since, until in self.pauses)
        return inside or (self.paused_at is not None and self.paused_at < at)

    def decide(self, day: date, outcome: str) -> None:
        assert day not in self.outcomes
        self.outcomes[day] = outcome
        self.floor = day + DAY
        self.attempts = 0
        self.complete()

    def complete(self) -> None:
        if self.status in {"completed", "cancelled"}:
            return
        is_enough = self.most is not None and len(self.made) >= self.most
        if is_enough or self.next is None:
            self.status, self.paused_at, self.pauses, self.held = "completed", None, [], None

    def tick(self, now: datetime) -> None:
        while self.status in {"active", "paused"} and not (self.held and self.held > now):
            due = [(day, self.due(day)) for day, _ in self.left(now.date() + 2 * DAY) if self.due(day) <= now]
            if not due:
                break
            day, at = due[0]
            if self.pause_of(at):
                self.decide(day, "paused")
                continue
            run = []
            for other in due:
                if self.pause_of(other[1]):
                    break
                run.append(other)
            missed = now - at >= HOUR and not (self.held and self.held >= now - HOUR)
            if missed and (self.catch_up == "none" or (self.catch_up == "latest" and len(run) > 1)):
                self.decide(day, "catch_up")
            elif self.is_broken:
                self.attempts += 1
                self.held = now + min(timedelta(minutes=5 * 2 ** min(self.attempts - 1, 10)), DAY)
            else:
                self.decide(day, "made")
        self.forget()

    def forget(self) -> None:
        """Forget the pauses that are over and passed."""
        if self.next:
            self.pauses = [each for each in self.pauses if each[1] >= self.due(self.next)]

    def pass_pauses(self, now: datetime) -> None:
        while self.next and self.due(self.next) <= now and self.pause_of(self.due(self.next)):
            self.unhold(now)
            self.decide(self.next, "paused")

    def unhold(self, now: datetime) -> None:
        """What has waited for a failure is tried at once."""
        if self.attempts:
            self.attempts, self.held = 0, now

    def pause(self, now: datetime) -> None:
        self.status, self.paused_at = "paused", now

    def resume(self, now: datetime) -> None:
        since = self.paused_at or now
        self.status, self.paused_at = "active", None
        if any(since < self.due(day) <= now for day, _ in self.left(now.date() + 2 * DAY)):
            self.pauses.append((since, now))
        self.pass_pauses(now)
        self.forget()

    def skip(self, now: datetime) -> None:
        self.pass_pauses(now)
        if self.next:
            self.unhold(now)
            self.decide(self.next, "skipped")
        self.forget()

    def change(self, now: datetime, repeat: Repeat, end: date | None, most: int | None) -> None:
        if (repeat, end, most) == (self.repeat, self.end, self.most):
            return
        self.unhold(now)
        if repeat != self.repeat:
            (day, first) = self.left(self.floor + FAR)[0]
            self.repeat, self.begins, self.floor = repeat, first, day
        self.end, self.most = end, most
        self.complete()
        self.forget()
