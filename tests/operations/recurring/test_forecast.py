"""Totals of what schedules are going to make, against what they then really make."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.recurring.coming_totals import ComingTotals, amount_of, totals_by
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.domain.reports.forecast import DueWeeks
from invoicing.operations.recurring._due_work import perform_due_work
from invoicing.operations.recurring._forecast import forecast
from tests.builders import a_customer, a_line
from tests.domain.recurring.any_schedule import BEGIN, schedules
from tests.domain.recurring.plans import a_content, a_started, at, day
from tests.examples import examples
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.recurring_office import BERLIN

LAST = BEGIN + timedelta(days=120)
CUSTOMERS = (a_customer(), a_customer(id="cust_2", currency="EUR", payment_terms="Net 14"))


def an_office(*schedules: RecurringInvoice) -> tuple[Office, FakeStore]:
    store = FakeStore()
    store.keep(BERLIN, *CUSTOMERS, *schedules)
    return Office(store, now=at("2026-12-30T12:00Z")), store


def make_all(office: Office, store: FakeStore, last: date) -> None:
    """Let each schedule make what it makes up to a day, each at its own instant."""
    end = datetime.combine(last, datetime.max.time(), UTC)
    while waiting := [(each.next_at, each.id) for each in store.all(RecurringInvoice) if each.next_at]:
        office.now, schedule_id = min(waiting)
        if office.now > end:
            return
        office.run_use_case(lambda uow: perform_due_work(uow, schedule_id))  # noqa: B023


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(schedules(BERLIN), min_size=1, max_size=3), st.integers(0, 60), st.integers(0, 20))
def test_totals_are_those_of_the_invoices_that_are_then_made(
    found: list[RecurringInvoice], begin: int, before: int
) -> None:
    given_ids = [
        replace(each, id=f"rec_{number}", customer_id=CUSTOMERS[number % 2].id) for number, each in enumerate(found)
    ]
    office, store = an_office(*given_ids)
    first = BEGIN + timedelta(days=begin)
    weeks = DueWeeks(first, first + timedelta(days=before), LAST)
    foretold = forecast(office.uow(), weeks)
    make_all(office, store, LAST)
    made = [amount_of(each) for each in store.all(Invoice) if first <= each.due_date <= LAST]
    assert foretold.totals == totals_by(made, lambda each: (each.currency, weeks.period_of(each.due_date)))
    assert foretold.left_out == ()


def at_once(**overrides: Any) -> RecurringInvoice:
    """A schedule of the end of the year whose invoices are due on their day."""
    content = a_content(lines=(a_line("1", "100", "0.2"),), payment_terms="Due on receipt")
    return a_started("daily", "2026-12-31", by=BERLIN, end_date="2027-01-04", content=content, **overrides)


def counts(office: Office, first: str, last: str) -> dict[str, int]:
    """How many invoices are foretold for each week."""
    found = forecast(office.uow(), weeks_of(first, last)).totals
    return {week: totals.count for (_, week), totals in sorted(found.items())}


def weeks_of(first: str, last: str) -> DueWeeks:
    """The weeks of a period, which begins today."""
    return DueWeeks(day(first), day(first), day(last))


def test_weeks_are_those_of_iso_around_new_year() -> None:
    office, _ = an_office(at_once())
    assert counts(office, "2026-12-31", "2027-01-31") == {"2026-W53": 4, "2027-W01": 1}
    assert counts(office, "2027-01-03", "2027-01-03") == {"2026-W53": 1}


def test_totals_are_before_and_after_tax() -> None:
    office, _ = an_office(at_once())
    (totals, _) = forecast(office.uow(), weeks_of("2026-12-28", "2027-01-31")).totals.values()
    assert totals == ComingTotals(count=4, subtotal=400_00, tax=80_00, total=480_00, amount_payable=480_00)


def test_schedules_whose_invoices_cannot_be_made_are_named_and_leave_the_others() -> None:
    too_much = a_content(lines=(a_line("1", "9999999999999.99"), a_line("1", "9999999999999.99")))
    office, _ = an_office(at_once(), replace(at_once(id="rec_2"), content=too_much))
    assert counts(office, "2026-12-31", "2027-01-31") == {"2026-W53": 4, "2027-W01": 1}
    assert forecast(office.uow(), weeks_of("2026-12-31", "2027-01-31")).left_out == ("rec_2",)


def test_a_hundred_schedules_cost_no_more_requests_than_one() -> None:
    def requests(count: int) -> int:
        office, store = an_office(*(at_once(id=f"rec_{number:03}") for number in range(count)))
        before = store.reads
        assert sum(counts(office, "2026-12-31", "2027-01-31").values()) == 5 * count
        return store.reads - before

    assert requests(100) == requests(1)
    assert requests(101) == 2 * requests(1) - 1, "the account is read once"
