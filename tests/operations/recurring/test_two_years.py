"""Schedules under a test clock, over two years: every date, in order, however the time is passed."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice, RecurringStatus
from invoicing.domain.test_clocks.test_clock import ClockStatus
from invoicing.operations.recurring import _due_work
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.builders import a_customer, an_account
from tests.domain.recurring.plans import a_started
from tests.operations.recurring.recurring_office import told
from tests.operations.test_clock.clock_office import ACCOUNT, ClockOffice, a_test_key

START, END = datetime(2026, 12, 31, 12, tzinfo=UTC), datetime(2028, 12, 30, 12, tzinfo=UTC)
BERLIN = an_account(account=ACCOUNT, time_zone="Europe/Berlin")
DAYS = [date(2027, 1, 1) + timedelta(days=number) for number in range((END.date() - date(2027, 1, 1)).days + 1)]


def _is_last_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).month != day.month


EXPECTED: dict[str, Callable[[date], bool]] = {
    "daily": lambda day: day <= date(2028, 12, 29),
    "weekly": lambda day: day.weekday() == 4,
    "monthly": _is_last_of_month,
    "yearly": lambda day: day in {date(2027, 2, 28), date(2028, 2, 28)},
}
"""Which days each schedule has, told without its rule."""


@pytest.fixture
def office() -> ClockOffice:
    office = ClockOffice(now=START)
    office.store.keep(BERLIN, a_customer(account=ACCOUNT, has_invoices=True), a_test_key("key_1"))
    office.set(START)
    kept = [
        a_started("daily", "2027-01-01", id="rec_daily", by=BERLIN, end_date="2028-12-29", on_generate="draft"),
        a_started("weekly", "2027-01-01", id="rec_weekly", by=BERLIN, on_generate="issue"),
        a_started("monthly", "2027-01-31", id="rec_monthly", by=BERLIN),
        a_started("yearly", "2027-02-28", id="rec_yearly", by=BERLIN),
    ]
    for schedule in kept:
        office.store.keep(replace(schedule, account=ACCOUNT))
        office.store.of_clocks.add((RecurringInvoice, ACCOUNT, schedule.id))
    return office


def in_one_call(office: ClockOffice) -> None:
    office.advance(END)


def in_quarters(office: ClockOffice) -> None:
    now = START
    while now < END:
        now = min(now + timedelta(days=91), END)
        office.advance(now)


def in_slices(office: ClockOffice) -> None:
    """A hundred invoices fit into a slice; the queue goes on with the rest."""
    perform = _due_work.perform_due_work

    def slow(uow: UnitOfWork, schedule_id: str) -> object:
        office.pass_time(0.2)
        return perform(uow, schedule_id)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_due_work, "perform_due_work", slow)
        assert office.advance(END).status is ClockStatus.ADVANCING
        while office.queue.queued:
            office.take(office.queue.queued.pop(0))


@pytest.mark.parametrize("pass_time", [in_one_call, in_quarters, in_slices])
def test_two_years_make_every_date_once_in_order(office: ClockOffice, pass_time: Callable[[ClockOffice], None]) -> None:
    pass_time(office)
    clock = office.clock
    assert clock is not None
    assert (clock.status, clock.now) == (ClockStatus.READY, END)
    made = told(office.store, "invoice_generated")
    assert clock.done["occurrences"] == len(made) or pass_time is in_quarters
    for name, has in EXPECTED.items():
        found = [event.data["occurrence_date"] for event in made if event.resource_id == f"rec_{name}"]
        assert found == [day.isoformat() for day in DAYS if has(day)]
    # Each at nine o'clock of Berlin, in summer and in winter, and dated on its day.
    hours = Counter((event.occurred_at.hour, event.occurred_at.minute) for event in made)
    assert set(hours) == {(7, 0), (8, 0)}
    by_id = {invoice.id: invoice for invoice in office.store.all(Invoice)}
    assert len(by_id) == len(made)
    assert all(by_id[each.data["invoice_id"]].issue_date == each.occurred_at.date() for each in made)
    # Numbers are those of the order in which it happened, without a gap, by year.
    issued = [each.data["invoice_number"] for each in made if each.data["invoice_number"]]
    assert issued == [
        f"INV-{year}-{number:03}"
        for year in (2027, 2028)
        for number in range(1, 1 + sum(each.startswith(f"INV-{year}") for each in issued))
    ]
    mailed = sum(EXPECTED[name](day) for name in ("monthly", "yearly") for day in DAYS)
    assert len(office.store.all(Delivery)) == mailed
    schedules = {each.id: each for each in office.store.all(RecurringInvoice)}
    assert [each.resource_id for each in told(office.store, "completed")] == ["rec_daily"]
    assert schedules["rec_daily"].status is RecurringStatus.COMPLETED
    assert told(office.store, "generation_failed") == told(office.store, "skipped") == []
