"""Skipping the next date of a schedule."""

from datetime import date

import pytest

from invoicing.domain.errors import Conflict
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.recurring.cancel_recurring_invoice import cancel_recurring_invoice
from invoicing.operations.recurring.skip_recurring_invoice import skip_recurring_invoice
from tests.domain.recurring.plans import at
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.planning import create
from tests.operations.recurring.recurring_office import dates, run, stored, told


def skip(office: Office, schedule_id: str) -> RecurringInvoice:
    return office.run_use_case(lambda uow: skip_recurring_invoice(uow, schedule_id))


def test_a_skipped_date_makes_no_invoice_and_does_not_count(office: Office, store: FakeStore) -> None:
    schedule = create(office, "daily", "2026-11-23", max_occurrences=2)
    assert skip(office, schedule.id).next_billing_date == date(2026, 11, 24)
    run(office, store, "2026-12-05T10:00Z")
    assert dates(store) == ["2026-11-24", "2026-11-25"]
    assert stored(store, schedule.id).status == "completed"
    assert [event.data["reason"] for event in told(store, "skipped")] == ["skipped"]


def test_without_its_last_date_it_is_completed(office: Office, store: FakeStore) -> None:
    schedule = create(office, "daily", "2026-11-23", end_date="2026-11-23")
    assert skip(office, schedule.id).status == "completed"
    assert len(told(store, "completed")) == 1


def test_a_date_is_made_or_skipped_never_both(office: Office, store: FakeStore) -> None:
    schedule = create(office, "daily", "2026-11-23")
    other = Office(store, ids=office.ids)
    office.now = at("2026-11-23T09:30Z")
    store.before_next_commit(lambda: run(other, store, "2026-11-23T09:30Z"))
    assert skip(office, schedule.id).next_billing_date == date(2026, 11, 25)
    assert dates(store) == ["2026-11-23"]
    assert [event.data["first_skipped"] for event in told(store, "skipped")] == ["2026-11-24"]


def test_one_that_has_ended_has_no_next_date(office: Office) -> None:
    schedule = create(office)
    office.run_use_case(lambda uow: cancel_recurring_invoice(uow, schedule.id))
    with pytest.raises(Conflict) as refused:
        skip(office, schedule.id)
    assert refused.value.code == "INVALID_RECURRING_STATE"
