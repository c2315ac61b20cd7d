"""A business in memory whose customers are reminded: what happens has a method each, and ticks look at what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.due_work import Work
from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.domain.reminders.settings import ReminderOverride, ReminderSettings, ScheduleEntry
from invoicing.domain.reminders.state import PastStep
from invoicing.operations.customers.update_customer import update_customer
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.reminders._reminded import Reminded, read_reminded
from invoicing.operations.reminders.remind_customer import remind_customer
from invoicing.operations.reminders.replace_invoice_reminders import replace_invoice_reminders
from invoicing.operations.reminders.replace_reminders import replace_reminders
from tests.builders import PAGE_URL, a_customer, a_line, a_new_invoice, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.ticking import entries, tick

ON = {"enabled": True}


def local(text: str, time_zone: str = "Europe/Berlin") -> datetime:
    """The instant of a civil time such as ``2027-03-01 09:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


def schedule(*given: int | Mapping[str, Any]) -> tuple[ScheduleEntry, ...]:
    """A schedule of offsets and repetitions."""
    return tuple(ScheduleEntry(offset_days=each) if isinstance(each, int) else ScheduleEntry(**each) for each in given)


@dataclass
class Business:
    """An account with customers ``cust_123`` and whichever else are made."""

    time_zone: str = "Europe/Berlin"
    store: FakeStore = field(default_factory=FakeStore)
    office: Office = field(init=False)

    def __post_init__(self) -> None:
        self.office = Office(self.store, now=self.local("2027-01-04 12:00"))
        self.store.keep(an_account(time_zone=self.time_zone), a_customer())

    def local(self, text: str) -> datetime:
        return local(text, self.time_zone)

    def at(self, text: str) -> None:
        """Let it be a civil time."""
        self.office.now = self.local(text)

    def put(self, *steps: int | Mapping[str, Any], **given: Any) -> None:
        """Set the reminders of the account: on, unless it says otherwise."""
        values: dict[str, Any] = {"enabled": True, "schedule": schedule(*steps)} | given
        settings = ReminderSettings(**values)
        self.office.run_use_case(lambda uow: replace_reminders(uow, settings, page_url=PAGE_URL))
        tick(self.office, self.store)

    def issue(self, due: str, price: str = "100", *, customer: str = "cust_123", mailed: bool = True) -> str:
        """Issue an invoice; return its id."""
        due_date = date.fromisoformat(due)
        new = a_new_invoice(a_line("1", price), due_date=due_date, issue_date=None, customer_id=customer)
        invoice = self.office.run_use_case(lambda uow: create_invoice(uow, new, send_email=mailed, page_url=PAGE_URL))
        return invoice.id

    def override(self, invoice_id: str, **given: Any) -> Reminded:
        override = ReminderOverride(**given)
        return self.office.run_use_case(
            lambda uow: replace_invoice_reminders(uow, invoice_id, override, page_url=PAGE_URL)
        )

    def override_customer(self, customer_id: str = "cust_123", **given: Any) -> None:
        values = {"reminders": ReminderOverride(**given)}
        self.office.run_use_case(lambda uow: update_customer(uow, customer_id, values, page_url=PAGE_URL))

    def remind(self, invoice_id: str) -> Reminded:
        return self.office.run_use_case(lambda uow: remind_customer(uow, invoice_id, page_url=PAGE_URL))

    def tick(self) -> list[Work]:
        return tick(self.office, self.store)

    def advance(self, to: str) -> None:
        """Let all that is due until a civil time happen at its own instant, as under a test clock."""
        end = self.local(to)
        while (waiting := entries(self.store)) and waiting[0].at <= end:
            self.office.now = max(self.office.now, waiting[0].at)
            before = entries(self.store)
            self.tick()
            assert entries(self.store) != before, "what is due is done"
        self.office.now = end

    @property
    def mails(self) -> list[ReminderMail]:
        return sorted(self.store.all(ReminderMail), key=lambda mail: (mail.created_at, mail.id))

    def mailed(self) -> list[tuple[str, list[int | None]]]:
        """When each reminder went out, as a civil time, with the steps that it names."""
        zone = ZoneInfo(self.time_zone)
        return [
            (f"{mail.created_at.astimezone(zone):%m-%d %H:%M}", [step for _, step in mail.invoices])
            for mail in self.mails
        ]

    def deliveries(self) -> list[Delivery]:
        return [each for each in self.store.all(Delivery) if each.document_kind == "reminder"]

    def events(self, happened: str, invoice_id: str | None = None) -> list[Event]:
        """The events of reminders, in order: ``sent`` or ``skipped``."""
        found = [self.store.events[key] for key in sorted(self.store.events)]
        return [
            event
            for event in found
            if event.type == f"invoice.reminder_{happened}" and invoice_id in (None, event.resource_id)
        ]

    def reminded(self, invoice_id: str) -> Reminded:
        return read_reminded(self.office.uow(), invoice_id)

    def past(self, invoice_id: str) -> Sequence[PastStep]:
        return self.reminded(invoice_id).reminders.past

    def outcomes(self, invoice_id: str) -> dict[int, str]:
        """What became of the decided steps of an invoice: ``sent``, or why not."""
        return {step.offset: str(step.reason or step.status) for step in self.past(invoice_id)}

    def change(self, invoice_id: str, **values: Any) -> None:
        """Let something happen to an invoice that reminders do not bring about."""
        (invoice,) = [each for each in self.store.all(Invoice) if each.id == invoice_id]
        self.store.keep(replace(invoice, version=invoice.version + 1, **values))


NINE = time(9)
