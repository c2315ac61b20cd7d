"""Previews of what a schedule will make."""

from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.recurring.pause_recurring_invoice import pause_recurring_invoice
from invoicing.operations.recurring.preview_recurring_invoice import preview_recurring_invoice
from tests.builders import a_line, an_account
from tests.domain.recurring.plans import a_content, at
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.planning import create
from tests.operations.recurring.recurring_office import invoices, run


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"day": 15, "proration": "first", "business_days": "next"},
        {"billing": "in_arrears", "end_date": "2027-06-30"},
        {"max_occurrences": 3, "catch_up": "latest"},
    ],
)
def test_what_is_previewed_is_what_is_made(office: Office, store: FakeStore, rule: dict[str, Any]) -> None:
    store.keep(an_account(time_zone="Europe/Vienna"))
    content = a_content(lines=(a_line("1", "100", "0.2", description="{{ month }}, {{ occurrence }}"),))
    schedule = create(office, start="2027-01-10", content=content, **rule)
    coming = preview_recurring_invoice(office.uow(), schedule.id, 5)
    for occurrence, _ in coming:
        run(office, store, occurrence.due_at)
    assert store.all(Invoice) == sorted(invoices(store), key=lambda each: each.id)
    made = {each.id: (each.issue_date, each.due_date, each.service_period, each.total) for each in invoices(store)}
    assert made == {
        draft.id: (draft.issue_date, draft.due_date, draft.service_period, draft.total) for _, draft in coming
    }
    assert [each.lines[0].description for each in invoices(store)] == [
        draft.lines[0].description for _, draft in coming
    ]


def test_it_writes_nothing_and_goes_no_further_than_asked(office: Office, store: FakeStore) -> None:
    schedule = create(office, "daily", "2026-11-23")
    commits = store.commits
    assert len(preview_recurring_invoice(office.uow(), schedule.id, 100)) == 100
    assert (store.commits, store.all(Invoice)) == (commits, [])


def test_a_paused_one_shows_what_it_would_make_if_it_were_resumed_now(office: Office) -> None:
    schedule = create(office, "daily", "2026-11-23")
    office.run_use_case(lambda uow: pause_recurring_invoice(uow, schedule.id))
    office.now = at("2026-11-26T10:00Z")
    coming = preview_recurring_invoice(office.uow(), schedule.id, 2)
    assert [str(occurrence.occurrence_date) for occurrence, _ in coming] == ["2026-11-27", "2026-11-28"]


def test_one_that_has_ended_shows_nothing(office: Office, store: FakeStore) -> None:
    schedule = create(office, "daily", "2026-11-23", max_occurrences=1)
    run(office, store, office.now + timedelta(days=1))
    assert preview_recurring_invoice(office.uow(), schedule.id, 12) == ()


def test_an_unknown_one_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        preview_recurring_invoice(office.uow(), "rec_404", 1)
