"""Promises that hold in whatever order, how late and how often invoices are looked at and mails are made."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from tests.domain.reminders.model import NAMES, instant, local_day
from tests.domain.reminders.office import Office
from tests.domain.reminders.random_accounts import life
from tests.examples import examples

FOUR_HOURS = timedelta(hours=4)


class Disorderly(Office):
    """Looks at some of the invoices that are due, at some that are not, at some twice, and makes some of the mails."""

    def __init__(self, time_zone: str, random: Random) -> None:
        super().__init__(time_zone)
        self.random = random
        self.days: Counter[tuple[str, object]] = Counter()

    def tick(self, now: datetime) -> None:
        names = self.random.sample(sorted(self.invoices), len(self.invoices))
        for name in names:
            next_at = self.invoices[name].reminders.next_at
            if (next_at and next_at <= now and self.random.random() < 0.7) or self.random.random() < 0.02:
                self.look(now, name)
            if self.random.random() < 0.1:
                self.tell(self.invoices[name].customer)
            if self.random.random() < 0.3:
                self.send(now, self.invoices[name].customer)

    def send(self, now: datetime, customer: str) -> None:
        count = len(self.mails)
        super().send(now, customer)
        if len(self.mails) > count:
            self.check(now)

    def check(self, now: datetime) -> None:
        """Check the last mail, as the account is when it goes out."""
        mail, today = self.mails[-1], local_day(now, self.time_zone)
        self.days[mail.customer, today] += 1
        days = (today, today - timedelta(days=1))
        begins = [
            instant(day, self.settings.send_at.strftime("%H:%M"), self.time_zone)
            for day in days
            if NAMES[day.weekday()] in self.settings.weekdays
        ]
        assert any(begin <= now <= begin + FOUR_HOURS for begin in begins)
        assert self.customers[mail.customer].unreachable is None
        for name in mail.named:
            bill = self.invoices[name]
            assert bill.closed is None
            assert bill.customer == mail.customer
            muted = (bill.reminders.override.mute_until, self.customers[mail.customer].override.mute_until)
            assert not any(until and today <= until for until in muted)
        for name, offset in mail.steps:
            mailed_at = self.invoices[name].reminders.mailed_at
            assert mailed_at is None or local_day(mailed_at, self.time_zone) != today
            past = [step for step in self.past(now, name) if step.offset == offset]
            assert [step.status for step in past] == ["sent"]


def disorder(seed: int) -> Disorderly:
    """Let a life happen to a disorderly account, and keep the promises that concern all mails."""
    found = life(seed)
    office = Disorderly(found.zone, Random(seed))
    happenings = iter(found.happenings)
    happening = next(happenings, None)
    for tick in found.ticks:
        while happening and happening.at < tick:
            getattr(office, happening.what)(happening.at, *happening.values, **dict(happening.named))
            happening = next(happenings, None)
        office.tick(tick)
    steps = Counter(step for mail in office.mails for step in mail.steps)
    assert max(steps.values(), default=1) == 1, "a step goes out once"
    assert max(office.days.values(), default=1) == 1, "a customer is reminded once a day"
    for bill in office.invoices.values():
        offsets = [past.offset for past in bill.reminders.past]
        assert offsets == sorted(set(offsets))
    return office


@pytest.mark.slow
def test_the_promises_hold_in_any_order() -> None:
    mails = sum(len(disorder(seed).mails) for seed in range(examples(200)))
    assert mails > 200
