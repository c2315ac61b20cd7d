"""An office with schedules, and ticks that do what is due of them."""

from datetime import datetime
from typing import Any

from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Account
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from tests.builders import an_account
from tests.domain.recurring.plans import a_started, at
from tests.fakes import FakeStore
from tests.office import Office
from tests.ticking import tick

BERLIN = an_account(time_zone="Europe/Berlin")


def keep(store: FakeStore, frequency: str = "monthly", start: str = "2027-01-01", **overrides: Any) -> RecurringInvoice:
    """Let there be a schedule that was created long ago."""
    (account,) = store.all(Account)
    schedule = a_started(frequency, start, by=account, account=account.account, **overrides)
    store.keep(schedule)
    return schedule


def run(office: Office, store: FakeStore, instant: str | datetime) -> int:
    """Tick at an instant; return how much was done."""
    office.now = at(instant) if isinstance(instant, str) else instant
    return len(tick(office, store))


def stored(store: FakeStore, schedule_id: str = "rec_1") -> RecurringInvoice:
    """A schedule as it is."""
    (found,) = [each for each in store.all(RecurringInvoice) if each.id == schedule_id]
    return found


def invoices(store: FakeStore) -> list[Invoice]:
    """The invoices of schedules in the order of their dates."""
    return sorted(store.all(Invoice), key=lambda each: each.id)


def dates(store: FakeStore) -> list[str]:
    """The dates for which invoices were made, in the order in which they were."""
    return [event.data["occurrence_date"] for event in told(store, "invoice_generated")]


def told(store: FakeStore, happened: str) -> list[Event]:
    """The events of schedules of a type, in order."""
    events = (store.events[key] for key in sorted(store.events))
    return [event for event in events if event.type == f"recurring_invoice.{happened}"]


def numbers(store: FakeStore) -> list[str]:
    """The numbers of the invoices in the order of their dates."""
    return [str(each.number) for each in invoices(store)]
