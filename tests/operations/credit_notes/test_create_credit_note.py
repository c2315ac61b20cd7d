"""Crediting an invoice: the note, its number, the books, and what follows."""

from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import void
from invoicing.domain.invoices.settlement import undo_write_off, write_off
from invoicing.domain.ledger.entry import Credit, LedgerEntry, Movement
from invoicing.domain.numbering.series import NumberReservation, NumberSeries
from invoicing.operations.account.audit_numbering import audit_numbering
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from tests.builders import (
    NOW,
    PAGE_URL,
    a_customer,
    a_new_invoice,
    an_account,
    an_invoice,
    an_issued_invoice,
    first_series,
)
from tests.fakes import FakeNumbers, FakeStore
from tests.office import Office

FIRST, SECOND = "item_1001", "item_1002"


@pytest.fixture
def invoice(store: FakeStore) -> Invoice:
    issued = an_issued_invoice()
    store.keep(issued)
    return issued


def credit(office: Office, *items: tuple[str, str], if_version: int | None = None, **more: Any) -> CreditNote:
    asked = [CreditItem(line, Decimal(quantity)) for line, quantity in items] or None
    new = NewCreditNote(reason="Returned", items=asked, **more)
    return office.run_use_case(
        lambda uow: create_credit_note(uow, "inv_1", new, page_url=PAGE_URL, if_version=if_version)
    )


def issue(office: Office, number: str | None = None) -> Invoice:
    new = a_new_invoice(number=number)
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))


def pay(office: Office, amount: str) -> None:
    payment = NewPayment(amount=Decimal(amount), method="cash")
    office.run_use_case(lambda uow: record_invoice_payment(uow, "inv_1", payment))


def test_a_note_lowers_what_is_due(office: Office, store: FakeStore, invoice: Invoice) -> None:
    note = credit(office, (FIRST, "2"))
    assert (note.number, note.invoice_number, note.total, note.applied_to_invoice, note.credited_to_customer) == (
        "CN-2026-001", "INV-2026-001", 32400, 32400, 0,
    )  # fmt: skip
    assert (note.buyer, note.seller, note.page_token) == (invoice.buyer, invoice.seller, invoice.page_token)
    assert store.all(CreditNote) == [note]
    (credited,) = store.all(Invoice)
    assert (credited.status, credited.amount_due, credited.amount_credited) == (Status.SENT, 151200, 32400)
    assert credited.credited[FIRST].quantity == Decimal(2)
    assert store.event_types() == ["invoice.updated", "credit_note.created"]
    updated, created = (store.events[key] for key in sorted(store.events))
    assert updated.data["changed"] == ["amount_credited", "amount_due", "applied_to_invoice", "credit_notes"]
    assert (created.resource_id, created.data["object"], str(created.data["total"])) == (
        note.id,
        "credit_note",
        "324.00",
    )
    assert store.all(Delivery) == []


def test_the_ledger_says_so(office: Office, store: FakeStore, invoice: Invoice) -> None:
    note = credit(office, (FIRST, "2"))
    (entry,) = store.all(LedgerEntry)
    assert (entry.movement, entry.amount, entry.credit, entry.document) == (
        Movement.CREDIT_NOTE, -32400, 0, "CN-2026-001",
    )  # fmt: skip
    assert (entry.customer_id, entry.invoice_id, entry.credit_note_id) == ("cust_123", "inv_1", note.id)
    assert store.all(Credit) == []


def test_what_was_paid_already_becomes_the_customers_credit(office: Office, store: FakeStore, invoice: Invoice) -> None:
    pay(office, "1800")
    note = credit(office)
    assert (note.applied_to_invoice, note.credited_to_customer) == (3600, 180000)
    (held,) = store.all(Credit)
    assert (held.customer_id, held.currency, held.amount) == ("cust_123", "USD", 180000)
    entries, (paid,) = store.all(LedgerEntry), store.all(Invoice)
    assert (paid.status, paid.amount_due, paid.amount_credited, paid.credited_to_customer) == (
        Status.PAID, 0, invoice.total, 180000,
    )  # fmt: skip
    assert invoice.total + sum(entry.amount for entry in entries) == paid.amount_due - held.amount
    assert sum(entry.credit for entry in entries) == held.amount


def test_notes_that_credit_everything_add_up_to_the_invoice(office: Office, store: FakeStore, invoice: Invoice) -> None:
    notes = [credit(office, (SECOND, "0.333333")), credit(office, (FIRST, "7.1"), (SECOND, "0.2")), credit(office)]
    assert sum(note.total for note in notes) == invoice.total
    assert sum(note.tax for note in notes) == invoice.tax
    assert [note.number for note in notes] == ["CN-2026-001", "CN-2026-002", "CN-2026-003"]
    with pytest.raises(Conflict) as refused:
        credit(office)
    assert refused.value.code == "INVALID_INVOICE_STATE"
    assert len(store.all(CreditNote)) == 3


def test_its_numbers_are_those_of_a_series_of_its_own(office: Office, store: FakeStore) -> None:
    store.keep(an_account(number_series=first_series(credit_notes="K{seq:04}/{year}")), an_issued_invoice())
    note = credit(office, (FIRST, "1"))
    assert note.number == "K0001/2026"
    (series,) = store.all(NumberSeries)
    assert (series.id, series.next_values) == ("series_credit_note", {"2026": 2})
    (taken,) = store.all(NumberReservation)
    assert (taken.id, taken.series, taken.taken_by) == ("K0001/2026", "series_credit_note", note.id)


def test_a_number_exists_once_among_invoices_and_credit_notes(office: Office, store: FakeStore) -> None:
    store.keep(an_account(number_series=first_series(credit_notes="INV-{year}-{seq:03}")), an_issued_invoice())
    numbers = [issue(office).number, credit(office, (FIRST, "1")).number, issue(office).number]
    numbers += [issue(office, "INV-2026-004").number, credit(office, (FIRST, "1")).number]
    assert numbers == ["INV-2026-001", "INV-2026-002", "INV-2026-003", "INV-2026-004", "INV-2026-005"]
    audit = audit_numbering(office.uow(), FakeNumbers(store))
    found = [(period.series, period.count, period.gaps, period.duplicates) for period in audit.periods]
    assert found == [("series_credit_note", 2, (), ()), ("series_invoice", 2, (), ())]
    with pytest.raises(Conflict) as refused:
        issue(office, "INV-2026-005")
    assert refused.value.extra["existing_resource"].startswith("/credit-notes/cn_")


def test_of_two_at_once_neither_credits_what_the_other_did(office: Office, store: FakeStore, invoice: Invoice) -> None:
    others: list[CreditNote] = []
    store.before_next_commit(lambda: others.append(credit(office, (FIRST, "6"))))
    with pytest.raises(ValidationFailed) as refused:
        credit(office, (FIRST, "6"))
    assert refused.value.details[0].code == "QUANTITY_EXCEEDS_INVOICE"
    assert store.all(CreditNote) == others
    store.before_next_commit(lambda: others.append(credit(office, (FIRST, "1"))))
    note = credit(office, (FIRST, "3"))
    assert {one.number for one in [*others, note]} == {"CN-2026-001", "CN-2026-002", "CN-2026-003"}
    (credited,) = store.all(Invoice)
    assert credited.credited[FIRST].quantity == Decimal(10)
    assert credited.amount_due == invoice.total - sum(one.total for one in [*others, note])


def test_only_an_issued_invoice_can_be_credited(office: Office, store: FakeStore) -> None:
    for kept in (an_invoice(), void(an_issued_invoice(), None, NOW)):
        store.keep(kept)
        with pytest.raises(Conflict) as refused:
            credit(office)
        assert (refused.value.code, refused.value.extra["status"]) == ("INVALID_INVOICE_STATE", str(kept.status))
    store.entities.clear()
    with pytest.raises(NotFound):
        credit(office)


def test_what_was_written_off_is_credited_only_after_that_is_undone(office: Office, store: FakeStore) -> None:
    """Nothing is due: all of the note would be credit for what was never paid."""
    lost = write_off(an_issued_invoice(), None, NOW.date(), NOW)
    store.keep(lost)
    with pytest.raises(Conflict, match=r"written off\. Undo the write-off first"):
        credit(office)
    store.keep(undo_write_off(lost, "UTC", NOW))
    assert credit(office).credited_to_customer == 0


def test_another_version_is_refused(office: Office, invoice: Invoice) -> None:
    with pytest.raises(PreconditionFailed):
        credit(office, if_version=invoice.version + 1)
    assert credit(office, if_version=invoice.version).version == 1


def test_it_is_dated_today_where_the_account_is(office: Office, store: FakeStore) -> None:
    store.keep(an_account(time_zone="Pacific/Auckland"), an_issued_invoice())
    assert credit(office).issue_date.isoformat() == "2026-11-23"


def test_its_email_goes_to_the_customer_as_it_is_now(office: Office, store: FakeStore, invoice: Invoice) -> None:
    store.keep(a_customer(version=2, email="new@initech.example"))
    note = credit(office, email=EmailRequest(message="Sorry!"))
    (delivery,) = store.all(Delivery)
    assert (delivery.document_kind, delivery.document_id, delivery.to, delivery.message) == (
        "credit_note", note.id, ("new@initech.example",), "Sorry!",
    )  # fmt: skip
    assert delivery.hosted_url == f"{PAGE_URL}/token_1"
    assert note.sent_at == NOW
    assert store.event_types() == ["invoice.updated", "credit_note.created", "credit_note.sent"]
    sent = store.events[max(store.events)]
    assert (sent.data["email_requested"], sent.data["delivery_ids"]) == (True, [delivery.id])


def test_without_an_address_nothing_is_credited(office: Office, store: FakeStore) -> None:
    customer = a_customer(email=None)
    store.keep(customer, an_issued_invoice(customer=customer))
    with pytest.raises(ValidationFailed) as refused:
        credit(office, email=EmailRequest())
    assert refused.value.details[0].code == "RECIPIENT_MISSING"
    assert (store.all(CreditNote), store.all(NumberSeries)) == ([], [])
