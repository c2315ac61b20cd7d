"""Duplicating an invoice."""

from datetime import date, timedelta
from typing import Any

import pytest

from invoicing.domain.errors import NotFound, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lines import given_lines
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.numbering.series import NumberReservation
from invoicing.domain.parties.customer import Customer
from invoicing.operations.invoices.duplicate_invoice import duplicate_invoice
from tests.builders import NOW, a_customer, a_line, a_new_invoice, an_account, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office

LATER = NOW + timedelta(days=40)
TODAY = date(2027, 1, 1)


@pytest.fixture
def office(store: FakeStore) -> Office:
    return Office(store, now=LATER)


def duplicate(office: Office, invoice_id: str = "inv_1") -> Invoice:
    return office.run_use_case(lambda uow: duplicate_invoice(uow, invoice_id))


@pytest.mark.parametrize("status", list(Status))
def test_whatever_became_of_an_invoice_its_duplicate_is_a_new_draft(
    office: Office, store: FakeStore, status: Status
) -> None:
    original = an_invoice() if status is Status.DRAFT else an_issued_invoice(status=status, amount_paid=5)
    store.keep(original)
    draft = duplicate(office)
    assert (draft.status, draft.number, draft.version, draft.revision) == (Status.DRAFT, None, 1, 1)
    assert (draft.seller, draft.page_token, draft.sent_at, draft.amount_paid) == (None, None, None, 0)
    assert given_lines(draft.lines, draft.currency) == given_lines(original.lines, original.currency)
    assert (draft.total, draft.tax_breakdown) == (original.total, original.tax_breakdown)
    assert not {line.id for line in draft.lines} & {line.id for line in original.lines}
    assert (draft.issue_date, draft.created_at) == (TODAY, LATER)
    assert store.all(Invoice) == [draft, original]
    assert store.event_types() == ["invoice.created"]


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({}, TODAY + timedelta(days=30)),
        ({"payment_terms": "Net 7"}, TODAY + timedelta(days=7)),
        ({"due_date": date(2026, 12, 4)}, TODAY + timedelta(days=12)),
        ({"due_date": date(2026, 12, 4), "payment_terms": "By Christmas"}, TODAY + timedelta(days=12)),
        ({"due_date": date(2026, 12, 4), "payment_terms": "Net 7"}, TODAY + timedelta(days=7)),
        ({"due_date": date.max}, date.max),
    ],
)
def test_it_is_due_by_its_terms_else_after_as_many_days(
    office: Office, store: FakeStore, fields: dict[str, Any], due: date
) -> None:
    store.keep(original := an_issued_invoice(a_new_invoice(**fields)))
    draft = duplicate(office)
    assert (draft.due_date, draft.payment_terms) == (due, original.payment_terms)


def test_customer_and_account_are_those_of_today_and_the_prices_keep_their_currency(
    office: Office, store: FakeStore
) -> None:
    store.keep(
        an_issued_invoice(a_new_invoice(notes="n", purchase_order="PO", metadata={"a": "b"})),
        a_customer(version=5, name="Renamed", currency="CHF", locale="de", payment_terms="Net 3", has_invoices=True),
        an_account(version=2, time_zone="Asia/Tokyo"),
    )
    draft = duplicate(office)
    assert (draft.buyer.name, draft.buyer.version, draft.locale) == ("Renamed", 5, "de")
    assert (draft.currency, draft.payment_terms, draft.time_zone) == ("USD", "Net 30", "Asia/Tokyo")
    assert (draft.notes, draft.purchase_order, draft.metadata) == ("n", "PO", {"a": "b"})


def test_an_own_number_is_not_used_again(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(a_new_invoice(number="OWN-1")))
    assert duplicate(office).number is None
    assert store.all(NumberReservation) == []


def test_where_drafts_have_numbers_it_has_the_next_one(office: Office, store: FakeStore) -> None:
    store.keep(an_issued_invoice(), an_account(number_assign_on="create"))
    assert duplicate(office).number == "INV-2027-001"
    assert [taken.id for taken in store.all(NumberReservation)] == ["INV-2027-001"]


def test_a_customer_who_changes_meanwhile_is_read_anew(office: Office, store: FakeStore) -> None:
    store.keep(an_issued_invoice())
    store.before_next_commit(lambda: store.keep(a_customer(version=2, name="Initrode", has_invoices=True)))
    assert duplicate(office).buyer.name == "Initrode"
    assert len(store.all(Invoice)) == 2


def test_a_customer_that_is_gone_or_archived_gets_no_new_invoice(office: Office, store: FakeStore) -> None:
    store.keep(an_issued_invoice(), a_customer(archived_at=NOW))
    with pytest.raises(ValidationFailed) as refused:
        duplicate(office)
    assert refused.value.code == "INVALID_CUSTOMER"
    store.entities.pop((Customer, "acc_1", "cust_123"))
    with pytest.raises(ValidationFailed):
        duplicate(office)
    assert len(store.all(Invoice)) == 1


def test_an_unknown_invoice_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        duplicate(office, "inv_404")


def test_what_was_supplied_in_a_period_is_not_invoiced_again(office: Office, store: FakeStore) -> None:
    period = ServicePeriod(date(2026, 11, 1), date(2026, 11, 30))
    line = a_line("1", "10")._replace(service_period=period)
    store.keep(an_issued_invoice(a_new_invoice(line, service_period=period)))
    draft = duplicate(office)
    assert (draft.service_period, draft.lines[0].service_period) == (None, None)
