"""Random lives of accounts: what happens, and when ticks come; nothing of the rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DAYS = 42
"""How long an account is watched."""

WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "America/Santiago",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Africa/Casablanca",
    "America/St_Johns",
]
HOURS = ["09:00", "09:00", "09:00", "08:30", "14:15", "17:00", "00:15", "02:30", "01:30", "22:45", "23:50"]
CHANGES = {"put_settings", "override_customer", "override_invoice", "move"}
"""What may move steps."""


@dataclass(frozen=True)
class Happening:
    """Something that happens: ``what`` is a method of the account, called with the instant and the values."""

    at: datetime
    what: str
    values: tuple[Any, ...] = ()
    named: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Life:
    """All that happens to an account, in order of time, and its ticks."""

    zone: str
    happenings: list[Happening]
    ticks: list[datetime]
    end: datetime


def life(seed: int) -> Life:
    """Return the life of a random account."""
    random = Random(seed)
    return _Lived(random).life()


class _Lived:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.begin = datetime(2026, 1, 1, tzinfo=UTC) + random.randrange(1000) * DAY
        self.minute = random.randrange(60) * timedelta(minutes=1)
        self.customers = [f"cust_{number}" for number in range(random.choice((1, 1, 2)))]
        self.invoices = {f"inv_{number}": random.choice(self.customers) for number in range(random.randint(1, 5))}

    def life(self) -> Life:
        happenings = [*self.settings(), *self.of_customers()]
        for name, customer in self.invoices.items():
            happenings += self.of_invoice(name, customer)
        happenings = sorted(happenings, key=lambda each: each.at)
        return Life(self.random.choice(ZONES), _without_doubt(happenings), list(self.ticks()), self.begin + DAYS * DAY)

    def settings(self) -> Iterator[Happening]:
        yield self.put_settings(self.moment(0, 3), enabled=True)
        for _ in range(self.random.choice((0, 0, 1, 1, 2))):
            yield self.put_settings(self.moment(3, DAYS), enabled=self.random.random() < 0.9)
        if self.random.random() < 0.25:
            yield Happening(self.moment(3, DAYS), "move", (self.random.choice(ZONES),))

    def put_settings(self, at: datetime, *, enabled: bool) -> Happening:
        random = self.random
        send_at = random.choice(
            ("09:00", "09:00", "08:30", "14:15", "17:00", "00:15", "02:30", "01:30", "22:45", "23:50")
        )
        weekdays = random.choice((WEEK, WEEK, WEEK[:5], random.sample(WEEK, random.randint(1, 6))))
        values = {
            "enabled": enabled,
            "send_at": send_at,
            "weekdays": weekdays,
            "schedule": self.schedule(),
            "mode": random.choice(("per_invoice", "per_customer")),
        }
        return Happening(at, "put_settings", named=tuple(values.items()))

    def schedule(self) -> list[dict[str, int]]:
        random = self.random
        offsets = random.sample(range(-8, 25), random.randint(0, 5))
        schedule = [{"offset_days": offset} for offset in offsets]
        schedule += [
            {"every_days": random.choice((1, 2, 3, 7, 14)), "times": random.randint(1, 5)}
            for _ in range(random.choice((0, 0, 1, 1, 2)))
        ]
        random.shuffle(schedule)
        return schedule

    def of_customers(self) -> Iterator[Happening]:
        random = self.random
        for customer in self.customers:
            if random.random() < 0.2:
                yield Happening(self.moment(0, DAYS), "override_customer", (customer,), self.override())
            for _ in range(random.choice((0, 0, 0, 1, 2))):
                since, until = sorted((self.moment(0, DAYS), self.moment(0, DAYS)))
                reason = random.choice(("no_email", "bounced", "suppressed", "customer_archived"))
                yield Happening(since, "reach", (customer, reason))
                yield Happening(until, "reach", (customer, None))
            for _ in range(random.choice((0, 1, 4))):
                yield Happening(self.moment(0, DAYS), "remind_by_hand", (customer,))

    def of_invoice(self, name: str, customer: str) -> Iterator[Happening]:
        random = self.random
        issued = self.moment(0, 25)
        due = issued.date() + random.randint(-6, 20) * DAY
        yield Happening(issued, "issue", (name, customer, due), (("mail", random.random() < 0.7),))
        if random.random() < 0.3:
            yield Happening(self.moment_after(issued), "mail", (name,))
        if random.random() < 0.4:
            yield Happening(self.moment_after(issued), "override_invoice", (name,), self.override())
        if random.random() < 0.5:
            closed = self.moment_after(issued)
            reason = random.choice(("paid", "paid", "paid", "cancelled"))
            yield Happening(closed, "close", (name, reason))
            if reason == "paid" and random.random() < 0.6:
                yield Happening(self.moment_after(closed), "reopen", (name,))

    def override(self) -> tuple[tuple[str, Any], ...]:
        random = self.random
        values: dict[str, Any] = {}
        if random.random() < 0.5:
            values["mute_until"] = self.begin.date() + random.randrange(DAYS) * DAY
        if random.random() < 0.3:
            values["enabled"] = random.random() < 0.6
        if random.random() < 0.3:
            values["schedule"] = self.schedule()
        return tuple(values.items())

    def ticks(self) -> Iterator[datetime]:
        """Ticks every hour, but for some outages."""
        outages = [(at, at + self.random.randint(3, 120) * HOUR) for at in self.some_moments()]
        for hour in range(DAYS * 24):
            at = self.begin + hour * HOUR + self.minute
            if not any(since <= at < until for since, until in outages):
                yield at

    def some_moments(self) -> list[datetime]:
        return [self.moment(0, DAYS) for _ in range(self.random.choice((0, 1, 2, 3)))]

    def moment(self, first_day: int, last_day: int) -> datetime:
        """An instant between two days, never that of a tick."""
        seconds = self.random.randrange(first_day * 86400, last_day * 86400)
        return self.begin + timedelta(seconds=seconds, milliseconds=500)

    def moment_after(self, begin: datetime) -> datetime:
        day = (begin - self.begin).days + 1
        return self.moment(day, max(day + 1, DAYS))


def _without_doubt(happenings: list[Happening]) -> list[Happening]:
    """Leave out reopenings after steps were moved while the invoice was closed.

    Which of its steps "passed while it was paid" would depend on whether one asks by the times then or now.
    """
    changes = [each.at for each in happenings if each.what in CHANGES]
    closed = {each.values[0]: each.at for each in happenings if each.what == "close"}
    return [
        each
        for each in happenings
        if each.what != "reopen" or not any(closed[each.values[0]] < at < each.at for at in changes)
    ]
