"""The invoices of a schedule."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.lists.query import Condition, ListQuery
from invoicing.operations.recurring.list_schedule_invoices import list_schedule_invoices
from tests.builders import an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.planning import create
from tests.operations.recurring.recurring_office import run


@pytest.fixture
def schedule(office: Office, store: FakeStore) -> RecurringInvoice:
    """One that made three invoices, beside another one and an invoice of nobody."""
    schedule = create(office, "daily", "2026-11-23")
    create(office, "daily", "2026-11-23", on_generate="draft")
    store.keep(an_issued_invoice())
    for day in (23, 24, 25):
        run(office, store, f"2026-11-{day}T09:00Z")
    return schedule


def test_it_has_those_of_this_schedule_only_the_newest_first(office: Office, schedule: RecurringInvoice) -> None:
    page = list_schedule_invoices(office.uow(), schedule.id, ListQuery(per_page=2))
    assert {each.recurring_id for each in page.items} == {schedule.id}
    assert [str(each.issue_date) for each in page.items] == ["2026-11-25", "2026-11-24"]
    assert (page.total, page.has_next) == (3, True)


def test_filters_apply_within_it(office: Office, schedule: RecurringInvoice) -> None:
    drafts = ListQuery(conditions=(Condition("status", "eq", ("draft",)),))
    assert list_schedule_invoices(office.uow(), schedule.id, drafts).items == ()


def test_an_unknown_schedule_is_not_found_rather_than_empty(office: Office) -> None:
    with pytest.raises(NotFound):
        list_schedule_invoices(office.uow(), "rec_404", ListQuery())
