"""Pausing a schedule."""

import pytest

from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.recurring.pause_recurring_invoice import pause_recurring_invoice
from tests.domain.recurring.plans import at
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.planning import create
from tests.operations.recurring.recurring_office import dates, run, stored, told


def pause(office: Office, schedule_id: str, if_version: int | None = None) -> RecurringInvoice:
    return office.run_use_case(lambda uow: pause_recurring_invoice(uow, schedule_id, if_version=if_version))


def test_what_falls_due_while_paused_makes_no_invoice_and_what_was_due_before_does(
    office: Office, store: FakeStore
) -> None:
    schedule = create(office, "daily", "2026-11-23")
    office.now = at("2026-11-24T10:00Z")
    paused = pause(office, schedule.id)
    assert (paused.status, paused.pause_reason, paused.paused_at) == ("paused", "paused", office.now)
    run(office, store, "2026-11-30T10:00Z")
    assert dates(store) == ["2026-11-23", "2026-11-24"]
    assert {event.data["reason"] for event in told(store, "skipped")} == {"paused"}


def test_a_date_that_is_made_at_the_same_moment_is_made_once(office: Office, store: FakeStore) -> None:
    schedule = create(office, "daily", "2026-11-23")
    other = Office(store, ids=office.ids)
    office.now = at("2026-11-23T09:30Z")
    store.before_next_commit(lambda: run(other, store, "2026-11-23T09:30Z"))
    assert pause(office, schedule.id).invoices_generated == 1
    run(office, store, "2026-11-25T10:00Z")
    assert dates(store) == ["2026-11-23"]


def test_one_that_is_paused_cannot_be_paused_again(office: Office, store: FakeStore) -> None:
    schedule = create(office)
    pause(office, schedule.id)
    with pytest.raises(Conflict) as refused:
        pause(office, schedule.id)
    assert (refused.value.code, len(told(store, "paused"))) == ("INVALID_RECURRING_STATE", 1)


def test_only_a_schedule_that_is_there_and_as_it_was_read(office: Office, store: FakeStore) -> None:
    schedule = create(office)
    with pytest.raises(PreconditionFailed):
        pause(office, schedule.id, if_version=2)
    with pytest.raises(NotFound) as unknown:
        pause(office, "rec_404")
    assert unknown.value.code == "RECURRING_INVOICE_NOT_FOUND"
    assert stored(store, schedule.id) == schedule
