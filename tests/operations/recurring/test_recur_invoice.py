"""Making a schedule of an invoice."""

from datetime import date
from typing import Any

import pytest

from invoicing.domain.errors import NotFound, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.recurring.recur_invoice import recur_invoice
from tests.builders import NOW, PAGE_URL, a_customer, a_line, a_new_invoice, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.planning import a_new_schedule
from tests.operations.recurring.recurring_office import invoices, run


def recur(office: Office, invoice_id: str = "inv_1", **schedule: Any) -> RecurringInvoice:
    new = a_new_schedule(**schedule)
    return office.run_use_case(lambda uow: recur_invoice(uow, invoice_id, new, page_url=PAGE_URL))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SENT, Status.PAID, Status.CANCELLED])
def test_its_invoices_say_what_the_invoice_says(office: Office, store: FakeStore, status: Status) -> None:
    original = an_invoice() if status is Status.DRAFT else an_issued_invoice(status=status)
    store.keep(original)
    schedule = recur(office, start="2026-12-01")
    run(office, store, "2026-12-01T09:00Z")
    (made,) = [each for each in invoices(store) if each.recurring_id == schedule.id]
    assert (made.total, made.tax_breakdown, made.buyer.id) == (original.total, original.tax_breakdown, "cust_123")
    assert (made.issue_date, made.due_date) == (date(2026, 12, 1), date(2026, 12, 31))
    assert store.all(Invoice) == sorted((original, made), key=lambda each: each.id)


def test_number_dates_and_periods_of_the_invoice_are_not_used_again(office: Office, store: FakeStore) -> None:
    period = ServicePeriod(date(2026, 11, 1), date(2026, 11, 30))
    line = a_line("1", "10")._replace(service_period=period)
    new = a_new_invoice(line, number="OWN-1", due_date=date(2026, 12, 4), service_period=period, notes="n")
    store.keep(an_invoice(new))
    content = recur(office).content
    assert (content.number, content.issue_date, content.due_date, content.service_period) == (None,) * 4
    assert (content.lines[0].service_period, content.notes, content.currency) == (None, "n", "USD")


def test_texts_with_braces_are_refused_before_they_become_placeholders(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(a_new_invoice(notes="{{ name }}")))
    with pytest.raises(ValidationFailed) as refused:
        recur(office)
    assert refused.value.details[0].code == "PLACEHOLDER_UNKNOWN"


def test_an_archived_customer_gets_no_schedule(office: Office, store: FakeStore) -> None:
    store.keep(an_issued_invoice(), a_customer(archived_at=NOW))
    with pytest.raises(ValidationFailed) as refused:
        recur(office)
    assert (refused.value.code, store.all(RecurringInvoice)) == ("INVALID_CUSTOMER", [])


def test_an_unknown_invoice_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        recur(office, "inv_404")
