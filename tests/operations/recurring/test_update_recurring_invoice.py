"""Changing a schedule."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.errors import Conflict, PreconditionFailed, ValidationFailed
from invoicing.domain.merging import Merge
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.tax import Tax
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.recurring.cancel_recurring_invoice import cancel_recurring_invoice
from invoicing.operations.recurring.preview_recurring_invoice import preview_recurring_invoice
from invoicing.operations.recurring.update_recurring_invoice import update_recurring_invoice
from tests.builders import a_line
from tests.domain.recurring.plans import a_content
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.planning import create
from tests.operations.recurring.recurring_office import run, told


def update(office: Office, schedule: RecurringInvoice, **changes: Any) -> RecurringInvoice:
    effective_from, if_version = changes.pop("effective_from", None), changes.pop("if_version", None)
    return office.run_use_case(
        lambda uow: update_recurring_invoice(
            uow, schedule.id, changes, effective_from=effective_from, if_version=if_version
        )
    )


def totals(office: Office, schedule: RecurringInvoice, count: int) -> dict[str, int]:
    coming = preview_recurring_invoice(office.uow(), schedule.id, count)
    return {str(occurrence.occurrence_date): draft.total for occurrence, draft in coming}


def test_a_price_changes_from_a_date_on(office: Office) -> None:
    schedule = create(office, content=a_content(metadata={"a": "1"}))
    update(office, schedule, lines=(a_line("1", "120"),), effective_from=date(2027, 3, 31))
    expected = {"2027-01-31": 10000, "2027-02-28": 10000, "2027-03-31": 12000, "2027-04-30": 12000}
    assert totals(office, schedule, 4) == expected


def test_what_was_planned_keeps_what_a_later_change_does_not_touch(office: Office) -> None:
    schedule = create(office)
    update(office, schedule, lines=(a_line("1", "120"),), effective_from=date(2027, 3, 31))
    changed = update(office, schedule, notes="Thank you", discount=Discount(type="percentage", value=Decimal(10)))
    assert totals(office, schedule, 3) == {"2027-01-31": 9000, "2027-02-28": 9000, "2027-03-31": 10800}
    assert {changed.content.notes, *(each.content.notes for each in changed.planned)} == {"Thank you"}


def test_nested_objects_merge_into_each_planned_content(office: Office) -> None:
    schedule = create(office, content=a_content(metadata={"a": "1"}))
    update(office, schedule, metadata=Merge({"b": "2"}, dict), effective_from=date(2027, 3, 1))
    changed = update(office, schedule, metadata=Merge({"a": None, "c": "3"}, dict))
    assert changed.content.metadata == {"c": "3"}
    assert [dict(each.content.metadata) for each in changed.planned] == [{"b": "2", "c": "3"}]


def test_several_taxes_go_instead_of_a_rate_and_a_rate_instead_of_them(office: Office) -> None:
    schedule = create(office, content=a_content(tax_rate=Decimal("0.2")))
    taxed = update(office, schedule, taxes=(Tax(name="GST", rate=Decimal("0.05")),))
    assert (taxed.content.tax_rate, len(taxed.content.taxes)) == (None, 1)
    assert update(office, schedule, tax_rate=Decimal("0.1")).content.taxes == ()


def test_a_new_rule_begins_with_its_first_date_on_or_after_the_next_one(office: Office) -> None:
    schedule = create(office, start="2027-01-15")
    assert update(office, schedule, day="last").next_billing_date == date(2027, 1, 31)


def test_the_same_values_are_no_change(office: Office, store: FakeStore) -> None:
    schedule = create(office)
    commits = store.commits
    assert update(office, schedule, notes=None, send_at=schedule.send_at) == schedule
    assert (store.commits, told(store, "updated")) == (commits, [])


def test_the_event_names_the_fields(office: Office, store: FakeStore) -> None:
    schedule = create(office)
    update(office, schedule, lines=(a_line("2", "1"),), interval=2, end_date=date(2028, 1, 1))
    update(office, schedule, notes="n", effective_from=date(2027, 9, 1))
    assert [event.data["changed"] for event in told(store, "updated")] == [
        ["end_date", "interval", "items"],
        ["planned"],
    ]


def test_only_content_has_a_date_from_which_it_changes(office: Office) -> None:
    schedule = create(office)
    with pytest.raises(ValidationFailed, match="interval, send_at") as refused:
        update(office, schedule, interval=2, send_at=schedule.send_at, notes="n", effective_from=date(2027, 9, 1))
    assert refused.value.details[0].field == "effective_from"


@pytest.mark.parametrize("planned", [None, date(2028, 1, 1)])
def test_what_no_invoice_could_be_made_of_is_refused(office: Office, planned: date | None) -> None:
    schedule = create(office)
    with pytest.raises(ValidationFailed):
        update(office, schedule, lines=(a_line("-1", "5"),), effective_from=planned)


def test_the_start_is_fixed_once_an_invoice_was_made(office: Office, store: FakeStore) -> None:
    schedule = create(office)
    moved = update(office, schedule, start_date=date(2027, 2, 10))
    assert moved.next_billing_date == date(2027, 2, 10)
    assert run(office, store, "2027-02-10T09:00Z") == 1
    with pytest.raises(Conflict) as refused:
        update(office, schedule, start_date=date(2027, 4, 1))
    assert refused.value.code == "START_DATE_FIXED"


def test_one_that_has_ended_stays(office: Office) -> None:
    schedule = create(office)
    office.run_use_case(lambda uow: cancel_recurring_invoice(uow, schedule.id))
    with pytest.raises(Conflict) as refused:
        update(office, schedule, notes="n")
    assert refused.value.code == "INVALID_RECURRING_STATE"


def test_fewer_invoices_than_were_made_complete_it(office: Office, store: FakeStore) -> None:
    schedule = create(office, "daily", "2026-11-23")
    for number in range(2):
        run(office, store, office.now + timedelta(days=1))
        assert len(told(store, "invoice_generated")) == number + 1
    done = update(office, schedule, max_occurrences=2)
    assert (done.status, done.next_billing_date) == ("completed", None)
    assert len(told(store, "completed")) == 1


def test_a_change_at_the_moment_of_a_date_applies_to_the_next_one(office: Office, store: FakeStore) -> None:
    schedule = create(office, "daily", "2026-11-23")
    other = Office(store, now=office.now + timedelta(days=1), ids=office.ids)
    store.before_next_commit(lambda: run(other, store, "2026-11-23T09:00Z"))
    changed = update(office, schedule, lines=(a_line("1", "7"),))
    assert (changed.invoices_generated, changed.next_billing_date) == (1, date(2026, 11, 24))
    assert totals(office, schedule, 1) == {"2026-11-24": 700}


def test_of_two_editors_one_has_to_read_again(office: Office) -> None:
    schedule = create(office)
    update(office, schedule, notes="mine", if_version=1)
    with pytest.raises(PreconditionFailed):
        update(office, schedule, notes="yours", if_version=1)
