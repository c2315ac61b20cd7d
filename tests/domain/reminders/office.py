"""An account in memory whose reminders follow the rules: it looks at what is due at each tick, and at nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from invoicing.domain.reminders.customer_reminder import CustomerReminder, OpenInvoice, compose, composed, gather, told
from invoicing.domain.reminders.listing import coming_steps, past_steps
from invoicing.domain.reminders.planning import Situation, after_plan, next_look, plan
from invoicing.domain.reminders.rules import rules_for
from invoicing.domain.reminders.settings import (
    NO_OVERRIDE,
    ReminderOverride,
    ReminderSettings,
    ScheduleEntry,
    changed_override,
    changed_settings,
)
from invoicing.domain.reminders.state import InvoiceReminders, PastStep, Reason, mailed, reopened, with_outcome
from invoicing.domain.reminders.steps import is_sending_time, next_sending_time


@dataclass(frozen=True)
class Mail:
    """A reminder that went out: its invoices with their steps, all that it names, and the one it is worded for."""

    at: datetime
    customer: str
    steps: frozenset[tuple[str, int]]
    named: frozenset[str]
    lead: str


@dataclass
class Bill:
    """An invoice as far as reminders know it."""

    customer: str
    due_date: date
    issued_at: datetime
    reminders: InvoiceReminders
    closed: Reason | None = None
    amount_due: int = 10000
    currency: str = "EUR"


@dataclass
class Recipient:
    """A customer as far as reminders know it."""

    reminder: CustomerReminder
    override: ReminderOverride = NO_OVERRIDE
    unreachable: Reason | None = None


def entries(schedule: Sequence[Mapping[str, Any]] | None) -> tuple[ScheduleEntry, ...] | None:
    return None if schedule is None else tuple(ScheduleEntry(**entry) for entry in schedule)


def settings(given: Mapping[str, Any]) -> ReminderSettings:
    """Settings as a request has them."""
    values = {**given, "schedule": entries(given.get("schedule", ()))}
    if "send_at" in given:
        values["send_at"] = time.fromisoformat(given["send_at"])
    if "weekdays" in given:
        values["weekdays"] = tuple(given["weekdays"])
    return ReminderSettings(**values)


def override(given: Mapping[str, Any]) -> ReminderOverride:
    """An override as a request has it."""
    return ReminderOverride(**{**given, "schedule": entries(given.get("schedule"))})


def local(text: str, time_zone: str = "Europe/Berlin") -> datetime:
    """The instant of a civil time such as ``2027-03-01 09:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


class Office:
    """What happens has a method each; `tick` looks at what is due. ``mails`` are the reminders that went out."""

    def __init__(self, time_zone: str = "Europe/Berlin") -> None:
        self.time_zone = time_zone
        self.settings = ReminderSettings()
        self.customers: dict[str, Recipient] = {}
        self.invoices: dict[str, Bill] = {}
        self.mails: list[Mail] = []
        self.looks = 0

    def put_settings(self, now: datetime, **given: Any) -> None:
        self.settings = changed_settings(self.settings, settings(given), now)
        self._arm(now, *self.invoices)

    def override_customer(self, now: datetime, customer: str, **given: Any) -> None:
        recipient = self.customer(customer)
        recipient.override = changed_override(recipient.override, override(given), now)
        self._arm(now, *(name for name, bill in self.invoices.items() if bill.customer == customer))

    def override_invoice(self, now: datetime, invoice: str, **given: Any) -> None:
        bill = self.invoices[invoice]
        changed = changed_override(bill.reminders.override, override(given), now)
        bill.reminders = replace(bill.reminders, override=changed)
        self._arm(now, invoice)

    def move(self, now: datetime, time_zone: str) -> None:
        self.time_zone = time_zone
        self._arm(now, *self.invoices)

    def issue(self, now: datetime, invoice: str, customer: str, due_date: date, **given: Any) -> None:
        """Issue an invoice, and mail it unless ``mail=False``."""
        self.customer(customer)
        mailed_at = now if given.pop("mail", True) else None
        reminders = InvoiceReminders(account="acc_1", id=invoice, version=1, mailed_at=mailed_at)
        self.invoices[invoice] = Bill(customer, due_date, now, reminders, **given)
        self._arm(now, invoice)

    def mail(self, now: datetime, invoice: str) -> None:
        self.invoices[invoice].reminders = mailed(self.invoices[invoice].reminders, now)

    def close(self, _: datetime, invoice: str, reason: str = "paid") -> None:
        self.invoices[invoice].closed = Reason(reason)

    def reopen(self, now: datetime, invoice: str) -> None:
        self.invoices[invoice].closed = None
        self.invoices[invoice].reminders = reopened(self.invoices[invoice].reminders, now)

    def reach(self, _: datetime, customer: str, reason: str | None) -> None:
        """Say why the customer cannot be reached, None if it can."""
        self.customer(customer).unreachable = Reason(reason) if reason else None

    def remind_by_hand(self, now: datetime, customer: str) -> None:
        recipient = self.customer(customer)
        recipient.reminder = replace(recipient.reminder, reminded_at=now)

    def tick(self, now: datetime) -> None:
        """Look at the invoices that are due, in any order, then make the mails that were gathered."""
        for name, bill in self.invoices.items():
            if bill.reminders.next_at and bill.reminders.next_at <= now:
                self.look(now, name)
        for customer in self.customers:
            self.send(now, customer)

    def advance(self, to: datetime) -> None:
        """Let all that is due until an instant happen at its own, as under a test clock."""
        while (at := self.next_at()) and at <= to:
            self.tick(at)
            assert self.next_at() != at, "a look decides what it was for"

    def next_at(self) -> datetime | None:
        """Return when something is due next."""
        looks = (bill.reminders.next_at for bill in self.invoices.values())
        mails = (recipient.reminder.due_at for recipient in self.customers.values())
        return min((at for at in (*looks, *mails) if at), default=None)

    def look(self, now: datetime, invoice: str) -> None:
        """Do what is due of an invoice."""
        self.looks += 1
        bill = self.invoices[invoice]
        situation = self.situation(invoice)
        made = plan(situation, now)
        bill.reminders = after_plan(situation, made, now)
        if made.due:
            recipient = self.customers[bill.customer]
            gathered = gather(recipient.reminder, invoice, made.due.offset, now)
            assert gathered
            recipient.reminder = gathered

    def send(self, now: datetime, customer: str) -> None:
        """Make the mail that was gathered for a customer, once the invoices of the last one know what became of it."""
        self.tell(customer)
        recipient = self.customers[customer]
        due_at = recipient.reminder.due_at
        if due_at is None or due_at > now:
            return
        if not is_sending_time(now, self.settings, self.time_zone):
            due_at = next_sending_time(now, self.settings, self.time_zone)
            recipient.reminder = replace(recipient.reminder, due_at=due_at)
            return
        steps = dict(recipient.reminder.steps)
        made = compose(
            [self.open_invoice(name) for name in steps],
            self.settings.mode,
            [self.open_invoice(name) for name, bill in self.invoices.items() if bill.customer == customer],
            now,
        )
        recipient.reminder = composed(recipient.reminder, made, now, ("dlv_1",))
        if made.lead:
            sent = frozenset((name, offset) for name, offset in steps.items() if name not in made.dropped)
            named = frozenset(each.id for each in made.named)
            self.mails.append(Mail(now, customer, sent, named, made.lead.id))

    def tell(self, customer: str) -> None:
        """Let invoices know what became of their gathered steps."""
        recipient = self.customers[customer]
        for name, outcome in recipient.reminder.outcomes.items():
            self.invoices[name].reminders = with_outcome(self.invoices[name].reminders, outcome)
            recipient.reminder = told(recipient.reminder, name)

    def past(self, now: datetime, invoice: str) -> list[PastStep]:
        return past_steps(self.situation(invoice), now)

    def outcomes(self, now: datetime, invoice: str) -> dict[int, str]:
        """What became of the past steps of an invoice: ``sent``, or why not."""
        return {past.offset: str(past.reason or past.status) for past in self.past(now, invoice)}

    def coming(self, now: datetime, invoice: str) -> list[tuple[int, datetime]]:
        return [(step.offset, step.at) for step in coming_steps(self.situation(invoice), now)]

    def customer(self, name: str) -> Recipient:
        reminder = CustomerReminder(account="acc_1", id=name, version=1)
        return self.customers.setdefault(name, Recipient(reminder))

    def situation(self, invoice: str) -> Situation:
        bill = self.invoices[invoice]
        recipient = self.customers[bill.customer]
        reminders = with_outcome(bill.reminders, recipient.reminder.outcomes.get(invoice))
        return Situation(
            due_date=bill.due_date,
            issued_at=bill.issued_at,
            closed=bill.closed,
            reminders=reminders,
            rules=rules_for(self.settings, recipient.override, bill.reminders.override),
            time_zone=self.time_zone,
            unreachable=recipient.unreachable,
            reminded_at=recipient.reminder.reminded_at,
        )

    def open_invoice(self, name: str) -> OpenInvoice:
        bill = self.invoices[name]
        return OpenInvoice(
            id=name,
            due_date=bill.due_date,
            amount_due=0 if bill.closed else bill.amount_due,
            currency=bill.currency,
            situation=self.situation(name),
        )

    def _arm(self, now: datetime, *invoices: str) -> None:
        for name in invoices:
            bill = self.invoices[name]
            bill.reminders = replace(bill.reminders, next_at=next_look(self.situation(name), now))


MONDAY = date(2027, 3, 1)
LONG_AGO = local("2027-01-04 12:00")


def on(*offsets: int, **given: Any) -> dict[str, Any]:
    """Settings that are switched on, with single steps."""
    return {"enabled": True, "schedule": [{"offset_days": offset} for offset in offsets]} | given


def an_office(settings: dict[str, Any], due: date = MONDAY, time_zone: str = "Europe/Berlin") -> Office:
    """An account with one invoice, issued and mailed long before it is due."""
    office = Office(time_zone)
    office.put_settings(LONG_AGO, **settings)
    office.issue(LONG_AGO, "inv_1", "cust_1", due)
    return office


def sent(office: Office) -> list[datetime]:
    return [mail.at for mail in office.mails]


def sent_steps(office: Office) -> list[int]:
    return [offset for mail in office.mails for _, offset in mail.steps]
