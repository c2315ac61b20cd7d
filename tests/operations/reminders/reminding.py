"""A business in memory whose customers are reminded: what happens has a method each, and ticks look at what is due."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.reminders.customer_reminder import CustomerReminder
from invoicing.domain.reminders.listing import coming_steps, past_steps
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.domain.reminders.settings import ReminderOverride, ReminderSettings, ScheduleEntry
from invoicing.domain.reminders.state import PastStep
from invoicing.operations.customers.update_customer import update_customer
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.reactions.run_due_work import do_next_work
from invoicing.operations.reminders._reminded import Reminded, read_reminded
from invoicing.operations.reminders.remind_customer import remind_customer
from invoicing.operations.reminders.replace_invoice_reminders import replace_invoice_reminders
from invoicing.operations.reminders.replace_reminders import replace_reminders
from tests.builders import ACCOUNT, PAGE_URL, a_customer, a_line, a_new_invoice, an_account
from tests.fakes import Crash, FakeStore
from tests.office import Office
from tests.ticking import entries, tick


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
        self.put_without_tick(*steps, **given)
        self.tick()

    def put_without_tick(self, *steps: int | Mapping[str, Any], **given: Any) -> None:
        """Set the reminders of the account, which its invoices do not know yet."""
        values: dict[str, Any] = {"enabled": True, "schedule": schedule(*steps)} | given
        settings = ReminderSettings(**values)
        self.office.run_use_case(lambda uow: replace_reminders(uow, settings, page_url=PAGE_URL))

    def issue(self, due: str, price: str = "100", *, customer: str = "cust_123", mailed: bool = True) -> str:
        """Issue an invoice; return its id."""
        due_date = date.fromisoformat(due)
        new = a_new_invoice(a_line("1", price), due_date=due_date, issue_date=None, customer_id=customer)
        invoice = self.office.run_use_case(lambda uow: create_invoice(uow, new, send_email=mailed, page_url=PAGE_URL))
        return invoice.id

    def mark_as_sent(self, due: str, *, customer: str = "cust_123") -> str:
        """Issue an invoice without an e-mail."""
        due_date = date.fromisoformat(due)
        new = a_new_invoice(a_line("1", "100"), due_date=due_date, issue_date=None, customer_id=customer)
        draft = self.office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))
        self.office.run_use_case(lambda uow: send_invoice(uow, draft.id, None, page_url=PAGE_URL))
        return draft.id

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
        return [
            (f"{self.civil(mail.created_at):%m-%d %H:%M}", [step for _, step in mail.invoices]) for mail in self.mails
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

    def listed(self, invoice_id: str) -> tuple[dict[int, str], list[tuple[int, str]]]:
        """What a client reads: what became of past steps, and the coming ones with their civil times."""
        situation = self.reminded(invoice_id).situation
        past = {each.offset: str(each.reason or each.status) for each in past_steps(situation, self.office.now)}
        coming = coming_steps(situation, self.office.now)
        return past, [(each.offset, f"{self.civil(each.at):%m-%d %H:%M}") for each in coming]

    def invoice(self, invoice_id: str) -> Invoice:
        """An invoice as it is now."""
        return self.office.uow().get(Invoice, invoice_id)

    def civil(self, instant: datetime) -> datetime:
        """An instant in the account's time zone."""
        return instant.astimezone(ZoneInfo(self.time_zone))

    def step(self, entry: DueEntry) -> None:
        """Do the next work of an entity, and no more."""
        do_next_work(entry, self.office.uow, lambda *_: None)

    def email_entry(self, customer_id: str = "cust_123") -> DueEntry:
        """The entry of the e-mail to a customer."""
        return DueEntry(self.office.now, Work.REMINDER_EMAIL, customer_id, CustomerReminder.__name__, ACCOUNT)

    def die_after(self, commits: int) -> Callable[[], bool]:
        """Let the process die after so many more commits, once; return what says whether it has."""
        commit, left, died = self.store.commit, [commits], [False]

        def dying(*changes: Any) -> None:
            if left[0] == 0 and not died[0]:
                died[0] = True
                raise Crash
            left[0] -= 1
            commit(*changes)

        self.store.commit = dying  # type: ignore[method-assign, assignment]
        return lambda: died[0]
