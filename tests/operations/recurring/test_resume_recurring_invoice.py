"""Resuming a schedule."""

from datetime import date

import pytest

from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.recurring.pause_recurring_invoice import pause_recurring_invoice
from invoicing.operations.recurring.resume_recurring_invoice import resume_recurring_invoice
from tests.builders import NOW, a_customer
from tests.domain.recurring.plans import at
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.planning import create
from tests.operations.recurring.recurring_office import dates, run, stored, told


def pause(office: Office, schedule_id: str) -> RecurringInvoice:
    return office.run_use_case(lambda uow: pause_recurring_invoice(uow, schedule_id))


def resume(office: Office, schedule_id: str) -> RecurringInvoice:
    return office.run_use_case(lambda uow: resume_recurring_invoice(uow, schedule_id))


def test_it_goes_on_without_the_dates_of_the_pause(office: Office, store: FakeStore) -> None:
    schedule = create(office, "daily", "2026-11-23")
    pause(office, schedule.id)
    office.now = at("2026-11-25T10:00Z")
    resumed = resume(office, schedule.id)
    assert (resumed.status, resumed.next_billing_date, resumed.paused_at) == ("active", date(2026, 11, 26), None)
    run(office, store, "2026-11-27T10:00Z")
    assert dates(store) == ["2026-11-26", "2026-11-27"]
    (skipped,) = told(store, "skipped")
    told_of = [skipped.data[name] for name in ("first_skipped", "last_skipped", "dates_skipped", "reason")]
    assert told_of == ["2026-11-23", "2026-11-25", 3, "paused"]


def test_with_no_date_left_it_is_completed(office: Office, store: FakeStore) -> None:
    schedule = create(office, "daily", "2026-11-23", end_date="2026-11-24")
    pause(office, schedule.id)
    office.now = at("2026-12-01T10:00Z")
    assert resume(office, schedule.id).status == "completed"
    assert [len(told(store, each)) for each in ("resumed", "skipped", "completed")] == [1, 1, 1]
    assert stored(store, schedule.id).next_billing_date is None


def test_only_a_paused_one_can_be_resumed(office: Office) -> None:
    schedule = create(office)
    with pytest.raises(Conflict) as refused:
        resume(office, schedule.id)
    assert refused.value.code == "INVALID_RECURRING_STATE"


def test_while_its_customer_is_archived_it_stays_paused(office: Office, store: FakeStore) -> None:
    schedule = create(office)
    pause(office, schedule.id)
    store.keep(a_customer(version=5, archived_at=NOW, has_invoices=True))
    with pytest.raises(ValidationFailed) as refused:
        resume(office, schedule.id)
    assert refused.value.code == "INVALID_CUSTOMER"
    store.keep(a_customer(version=6, has_invoices=True))
    assert resume(office, schedule.id).status == "active"
