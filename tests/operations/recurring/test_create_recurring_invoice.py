"""Creating a schedule: it makes nothing at once, and what would go wrong later is refused now."""

from datetime import date

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.recurring.create_recurring_invoice import create_recurring_invoice
from tests.builders import NOW, PAGE_URL, a_customer, a_line, an_account
from tests.domain.recurring.plans import a_content
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.planning import a_new_schedule, create


def test_it_waits_for_its_first_date_and_makes_no_invoice(office: Office, store: FakeStore) -> None:
    schedule = create(office, start="2026-10-25", day="last", catch_up="all")
    assert store.all(RecurringInvoice) == [schedule]
    assert (schedule.next_billing_date, schedule.invoices_generated) == (date(2026, 10, 31), 0)
    assert (schedule.next_at or NOW) < NOW
    assert store.all(Invoice) == []
    assert store.event_types() == ["recurring_invoice.created"]


def test_its_customer_can_not_be_removed_any_more(office: Office, store: FakeStore) -> None:
    assert not store.all(Customer)[0].has_invoices
    create(office)
    assert store.all(Customer)[0].has_invoices


def test_a_customer_who_is_removed_at_the_same_moment_gets_no_schedule(office: Office, store: FakeStore) -> None:
    store.before_next_commit(lambda: store.entities.pop((Customer, "acc_1", "cust_123")))
    with pytest.raises(ValidationFailed) as refused:
        create(office)
    assert (refused.value.code, store.all(RecurringInvoice)) == ("INVALID_CUSTOMER", [])


def test_an_archived_customer_gets_none(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(archived_at=NOW))
    with pytest.raises(ValidationFailed) as refused:
        create(office)
    assert refused.value.details[0].code == "CUSTOMER_ARCHIVED"


@pytest.mark.parametrize(
    ("content", "field", "code"),
    [
        (a_content(lines=(a_line("-1", "10"),)), "items", "TOTAL_NEGATIVE"),
        (a_content(lines=(a_line(description="{{ year }}"),)), "items[0].description", "PLACEHOLDER_UNKNOWN"),
        (a_content(notes="{{ month"), "notes", "PLACEHOLDER_UNKNOWN"),
        (a_content(series_id="series_404"), "series_id", "SERIES_INVALID"),
    ],
)
def test_what_no_invoice_could_be_made_of_is_refused(
    office: Office, store: FakeStore, content: object, field: str, code: str
) -> None:
    with pytest.raises(ValidationFailed) as refused:
        create(office, content=content)  # type: ignore[arg-type]
    assert code in {detail.code for detail in refused.value.details}
    assert field in {detail.field for detail in refused.value.details}
    assert (store.all(RecurringInvoice), store.events) == ([], {})


def test_a_start_in_the_past_needs_a_word_on_what_was_missed(office: Office, store: FakeStore) -> None:
    with pytest.raises(ValidationFailed) as refused:
        create(office, start="2026-08-31")
    assert [(each.field, each.code) for each in refused.value.details] == [("catch_up", "CATCH_UP_REQUIRED")]
    assert store.all(RecurringInvoice) == []


@pytest.mark.parametrize(("catch_up", "warned"), [("all", True), ("latest", False), ("none", False)])
def test_the_number_of_invoices_that_follow_at_once_is_warned_of(
    office: Office, catch_up: str, *, warned: bool
) -> None:
    uow = office.uow()
    new = a_new_schedule(start="2026-08-31", catch_up=catch_up)
    create_recurring_invoice(uow, new, a_content(), page_url=PAGE_URL)
    assert [(each.field, each.code) for each in uow.warnings] == ([("catch_up", "PAST_DATES")] if warned else [])
    assert not warned or "3 dates have" in uow.warnings[0].message


def test_dates_that_are_not_made_up_for_are_told_in_a_row(office: Office, store: FakeStore) -> None:
    schedule = create(office, start="2026-08-31", catch_up="none")
    assert schedule.next_billing_date == date(2026, 11, 30)
    assert store.event_types() == ["recurring_invoice.created", "recurring_invoice.skipped"]
    skipped: Event = store.events[max(store.events)]
    assert (skipped.sequence, skipped.data["dates_skipped"], skipped.data["reason"]) == (2, 3, "catch_up")


def test_a_series_that_it_names_can_not_be_deleted_any_more(office: Office, store: FakeStore) -> None:
    series = an_account().default_series("invoice").id
    create(office, content=a_content(series_id=series))
    assert [each.used for each in store.all(NumberSeries) if each.id == series] == [True]
