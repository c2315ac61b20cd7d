"""Previews of an invoice that a schedule will make, as it will look."""

from datetime import date, timedelta
from typing import Any

import pytest

from invoicing.domain.errors import Conflict, InvalidRequest, NotFound
from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.recurring.cancel_recurring_invoice import cancel_recurring_invoice
from invoicing.operations.recurring.pause_recurring_invoice import pause_recurring_invoice
from invoicing.operations.recurring.preview_recurring_invoice import preview_recurring_invoice
from invoicing.operations.recurring.preview_recurring_invoice_pdf import preview_recurring_invoice_pdf
from invoicing.operations.recurring.skip_recurring_invoice import skip_recurring_invoice
from invoicing.operations.recurring.update_recurring_invoice import update_recurring_invoice
from tests.builders import a_customer, a_line, an_account
from tests.domain.recurring.plans import a_content, at, day
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.planning import create
from tests.operations.recurring.recurring_office import invoices, run

WORDS = "{{ month }}, no. {{ occurrence }}: {{ period_start }} to {{ period_end }}"
SEEN = (
    *("id", "recurring_id", "buyer", "currency", "locale", "issue_date", "due_date", "payment_terms"),
    *("service_period", "notes", "subtotal", "tax", "total", "tax_breakdown", "early_payment_discounts"),
)


def seen(invoice: Invoice) -> dict[str, Any]:
    """What its customer sees of an invoice; the identifiers of lines are none of that."""
    lines = tuple((line.description, line.quantity, line.unit_price, line.total) for line in invoice.lines)
    return {name: getattr(invoice, name) for name in SEEN} | {"lines": lines}


def shown(office: Office, schedule_id: str, occurrence_date: date | None = None) -> Invoice:
    return preview_recurring_invoice_pdf(office.uow(), schedule_id, occurrence_date)


@pytest.mark.parametrize("on_generate", ["draft", "issue", "send"])
@pytest.mark.parametrize(
    "rule",
    [
        {"business_days": "next"},
        {"day": 15, "proration": "first"},
        {"billing": "in_arrears", "end_date": "2027-06-30"},
        {"max_occurrences": 3},
    ],
)
def test_each_date_shows_the_invoice_that_it_makes(
    office: Office, store: FakeStore, rule: dict[str, Any], on_generate: str
) -> None:
    store.keep(an_account(time_zone="Europe/Vienna"), a_customer(locale="de", payment_terms="2/10 Net 30"))
    content = a_content(lines=(a_line("1", "100", "0.2", description=WORDS),), notes=WORDS)
    schedule = create(office, start="2027-01-10", content=content, on_generate=on_generate, **rule)
    dearer = {"lines": (a_line("2", "110", "0.2", description=WORDS),)}
    office.run_use_case(
        lambda uow: update_recurring_invoice(uow, schedule.id, dearer, effective_from=day("2027-03-01"))
    )
    coming = preview_recurring_invoice(office.uow(), schedule.id, 4)
    drafts = [shown(office, schedule.id, occurrence.occurrence_date) for occurrence, _ in coming]
    assert seen(shown(office, schedule.id)) == seen(drafts[0])
    for occurrence, _ in coming:
        run(office, store, occurrence.due_at)
    assert list(map(seen, drafts)) == list(map(seen, invoices(store)))


def test_it_has_its_seller_and_no_number_and_nothing_is_stored(office: Office, store: FakeStore) -> None:
    schedule = create(office)
    commits = store.commits
    draft = shown(office, schedule.id)
    assert (draft.seller, draft.number, draft.status) == (an_account().as_seller("USD", "en"), None, "draft")
    assert (store.commits, store.all(Invoice)) == (commits, [])


def test_the_next_one_is_the_one_that_is_not_settled_yet(office: Office, store: FakeStore) -> None:
    schedule = create(office, "daily", "2026-11-23")
    run(office, store, "2026-11-23T23:00Z")
    office.run_use_case(lambda uow: skip_recurring_invoice(uow, schedule.id))
    assert shown(office, schedule.id).issue_date == day("2026-11-25")
    office.run_use_case(lambda uow: pause_recurring_invoice(uow, schedule.id))
    office.now = at("2026-11-26T23:00Z")
    assert shown(office, schedule.id).issue_date == day("2026-11-27")


@pytest.mark.parametrize("other", ["2026-11-22", "2026-11-24", "2028-10-23", "9999-12-31"])
def test_a_date_that_is_none_of_the_next_is_refused(office: Office, other: str) -> None:
    schedule = create(office, "weekly", "2026-11-23", end_date="2028-12-31")
    assert shown(office, schedule.id, day("2028-10-16")).issue_date == day("2028-10-16")
    with pytest.raises(InvalidRequest) as refused:
        shown(office, schedule.id, day(other))
    (detail,) = refused.value.details
    assert (detail.field, detail.value) == ("occurrence_date", other)


@pytest.mark.parametrize("occurrence_date", [None, day("2026-11-23")])
def test_one_that_has_ended_has_nothing_to_show(office: Office, store: FakeStore, occurrence_date: date | None) -> None:
    completed = create(office, "daily", "2026-11-23", max_occurrences=1)
    cancelled = create(office, "daily", "2026-11-23")
    office.run_use_case(lambda uow: cancel_recurring_invoice(uow, cancelled.id))
    run(office, store, office.now + timedelta(days=1))
    for schedule, status in ((completed, "completed"), (cancelled, "cancelled")):
        with pytest.raises(Conflict) as refused:
            shown(office, schedule.id, occurrence_date)
        assert (refused.value.code, refused.value.extra["status"]) == ("INVALID_RECURRING_STATE", status)


def test_an_unknown_one_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        shown(office, "rec_404")
