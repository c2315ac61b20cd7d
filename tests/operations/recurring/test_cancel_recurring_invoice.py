"""Cancelling a schedule."""

from datetime import timedelta

import pytest

from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.recurring.cancel_recurring_invoice import cancel_recurring_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.planning import create
from tests.operations.recurring.recurring_office import dates, run, stored, told


def cancel(office: Office, schedule_id: str) -> RecurringInvoice:
    return office.run_use_case(lambda uow: cancel_recurring_invoice(uow, schedule_id))


def test_nothing_is_made_any_more_and_what_was_made_stays(office: Office, store: FakeStore) -> None:
    schedule = create(office, "daily", "2026-11-23")
    run(office, store, "2026-11-23T09:00Z")
    made = store.all(Invoice)
    cancelled = cancel(office, schedule.id)
    assert (cancelled.status, cancelled.next_billing_date, cancelled.next_at) == ("cancelled", None, None)
    run(office, store, "2027-11-23T09:00Z")
    assert [each.id for each in store.all(Invoice)] == [each.id for each in made]


def test_a_second_time_changes_nothing(office: Office, store: FakeStore) -> None:
    schedule = create(office)
    first = cancel(office, schedule.id)
    office.now += timedelta(days=1)
    assert cancel(office, schedule.id) == first == stored(store, schedule.id)
    assert len(told(store, "cancelled")) == 1


def test_a_completed_one_stays_completed(office: Office, store: FakeStore) -> None:
    schedule = create(office, "daily", "2026-11-23", max_occurrences=1)
    run(office, store, "2026-11-23T09:00Z")
    with pytest.raises(Conflict) as refused:
        cancel(office, schedule.id)
    assert (refused.value.code, dates(store)) == ("INVALID_RECURRING_STATE", ["2026-11-23"])
