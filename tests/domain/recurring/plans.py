"""Schedules to test with, in the words of the API, and an engine that does what is due."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from invoicing.domain.calendar import local_instant
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.parties.account import Account
from invoicing.domain.recurring.creating import started
from invoicing.domain.recurring.drafting import coming
from invoicing.domain.recurring.occurrences import Occurrence, Skipped, next_occurrence
from invoicing.domain.recurring.progress import made, settled, skipped
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.domain.recurring.rule import Rule
from tests.builders import ACCOUNT, PAGE_URL, a_line, an_account

LONG_AGO = datetime(1990, 1, 1, 12, tzinfo=UTC)
RULE = {each.name for each in fields(Rule)}


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def a_content(**overrides: Any) -> NewInvoice:
    return replace(NewInvoice(customer_id="cust_123", lines=(a_line(),)), **overrides)


def a_schedule(frequency: str = "monthly", start: str = "2027-01-01", **overrides: Any) -> RecurringInvoice:
    """A schedule that has not been started."""
    for name in ("start_date", "end_date"):
        if isinstance(overrides.get(name), str):
            overrides[name] = day(overrides[name])
    rule = {name: overrides.pop(name) for name in RULE & set(overrides)}
    begins = day(start)
    schedule = RecurringInvoice(
        account=ACCOUNT,
        id="rec_1",
        version=1,
        customer_id="cust_123",
        content=a_content(),
        rule=Rule(frequency=frequency, **rule),  # type: ignore[arg-type]
        start_date=begins,
        begins=begins,
        next_billing_date=None,
        page_url=PAGE_URL,
        created_at=LONG_AGO,
        updated_at=LONG_AGO,
    )
    return replace(schedule, **overrides)


def a_started(
    frequency: str = "monthly", start: str = "2027-01-01", *, by: Account | None = None, **overrides: Any
) -> RecurringInvoice:
    """A schedule that was created long before its first date."""
    schedule, _ = started(a_schedule(frequency, start, **overrides), by or an_account(), LONG_AGO, catches_up=False)
    return schedule


def first_dates(schedule: RecurringInvoice, count: int, account: Account | None = None) -> list[str]:
    """The nominal dates that come next."""
    return [
        each.occurrence_date.isoformat() for each in islice(coming(schedule, account or an_account(), LONG_AGO), count)
    ]


@dataclass
class Engine:
    """Does what is due of one schedule, as a tick does; keeps what was made and what was skipped."""

    schedule: RecurringInvoice
    account: Account = field(default_factory=an_account)
    made: list[Occurrence] = field(default_factory=list)
    contents: list[NewInvoice] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def dates(self) -> list[str]:
        """The dates of the invoices that were made."""
        return [each.occurrence_date.isoformat() for each in self.made]

    def tick(self, now: datetime) -> None:
        """Do all that is due at an instant."""
        self.schedule = settled(self.schedule, self.account)
        while self.schedule.next_at and self.schedule.next_at <= now:
            match next_occurrence(self.schedule, self.account, now):
                case Occurrence() as occurrence:
                    self.made.append(occurrence)
                    self.contents.append(self.schedule.content_on(occurrence.occurrence_date))
                    self.schedule = made(self.schedule, occurrence, self.account, now)
                case Skipped() as skip:
                    self.note(skip, now)
                case None:
                    return

    def note(self, skip: Skipped, now: datetime) -> None:
        """Skip dates."""
        self.skipped.append(skip)
        self.schedule = skipped(self.schedule, skip, self.account, now)

    def run(self, begin: datetime, end: datetime, every: timedelta = timedelta(minutes=5)) -> None:
        """Tick from one instant to another."""
        for now in instants(begin, end, every):
            self.tick(now)

    def advance(self, end: datetime) -> None:
        """Do all that is due until an instant, each at its own, as a test clock does."""
        self.schedule = settled(self.schedule, self.account)
        while self.schedule.next_at and self.schedule.next_at <= end:
            self.tick(self.schedule.next_at)


def instants(begin: datetime, end: datetime, every: timedelta) -> Iterator[datetime]:
    """The instants from one to another."""
    while begin <= end:
        yield begin
        begin += every


def local(text: str, zone: str) -> datetime:
    """The instant of a civil time."""
    wall = datetime.fromisoformat(text)
    return local_instant(wall.date(), wall.time(), zone)
