"""Reminders of an account with a test clock: an advance does all that is due of them, each at its instant."""

from datetime import UTC, datetime, timedelta

import pytest

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.invoice_walk import SETTLED
from invoicing.domain.reminders.reminder_change import ReminderChange
from invoicing.domain.reminders.settings import ReminderSettings
from invoicing.domain.test_clocks.test_clock import ClockStatus
from invoicing.operations.reminders._reminded import read_reminded
from invoicing.operations.reminders.replace_reminders import replace_reminders
from tests.books import issue
from tests.builders import PAGE_URL, a_customer, an_account
from tests.operations.reminders.reminding import schedule
from tests.operations.test_clock.clock_office import ACCOUNT, ClockOffice, a_test_key
from tests.ticking import tick

START = datetime(2027, 1, 4, 12, tzinfo=UTC)


@pytest.fixture
def frozen() -> ClockOffice:
    office = ClockOffice(now=datetime(2026, 11, 22, 12, tzinfo=UTC))
    office.store.keep(an_account(account=ACCOUNT), a_customer(account=ACCOUNT), a_test_key("key_1"))
    office.set(START)
    return office


def put(office: ClockOffice, *steps: int) -> None:
    settings = ReminderSettings(enabled=True, schedule=schedule(*steps))
    office.run_use_case(lambda uow: replace_reminders(uow, settings, page_url=PAGE_URL))


def sent(office: ClockOffice) -> list[tuple[str, datetime]]:
    events = [office.store.events[key] for key in sorted(office.store.events)]
    return [(each.resource_id, each.occurred_at) for each in events if each.type == "invoice.reminder_sent"]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_each_invoice_is_told_of_each_step_at_its_instant(frozen: ClockOffice, count: int) -> None:
    due = START + timedelta(days=30)
    invoices = [issue(frozen, due_date=due.date()).id for _ in range(count)]
    put(frozen, 0, 7)
    clock = frozen.advance(due + timedelta(days=60))
    assert (clock.status, clock.done["reminders"]) == (ClockStatus.READY, 2)
    nine = due.replace(hour=9)
    assert sorted(sent(frozen)) == sorted(
        (invoice, at) for invoice in invoices for at in (nine, nine + timedelta(days=7))
    )
    for invoice in invoices:
        past = read_reminded(frozen.uow(), invoice).reminders.past
        assert [(step.offset, step.status, step.sent_at) for step in past] == [
            (0, "sent", nine),
            (7, "sent", nine + timedelta(days=7)),
        ]


def test_settings_of_this_instant_are_followed_before_anything_else(frozen: ClockOffice) -> None:
    due = START + timedelta(days=3)
    issue(frozen, due_date=due.date())
    put(frozen, 0)
    put(frozen, 1)
    frozen.advance(due + timedelta(days=5))
    assert [at for _, at in sent(frozen)] == [due.replace(hour=9) + timedelta(days=1)]


def test_settings_are_followed_in_real_time_when_the_clock_is_deleted(frozen: ClockOffice) -> None:
    invoice = issue(frozen, due_date=(START + timedelta(days=30)).date()).id
    put(frozen, 0)
    frozen.delete()
    frozen.tick()
    frozen.now += SETTLED
    frozen.tick()
    tick(frozen, frozen.store)
    assert frozen.store.all(ReminderChange) == []
    coming = read_reminded(frozen.uow(), invoice).reminders.next_at
    assert coming == (START + timedelta(days=30)).replace(hour=9)


def test_day_by_day_is_the_same_as_at_once(frozen: ClockOffice) -> None:
    due = START + timedelta(days=3)
    issue(frozen, due_date=due.date())
    put(frozen, -1, 0, 7)
    for days in range(1, 15):
        frozen.advance(START + timedelta(days=days))
    nine = due.replace(hour=9)
    assert [at for _, at in sent(frozen)] == [nine + timedelta(days=step) for step in (-1, 0, 7)]
    reminders = [each for each in frozen.store.all(Delivery) if each.document_kind == "reminder"]
    assert len(reminders) == 3
