"""Erasing a customer: nothing says any more who it was, whoever dies over it; the books say what they said."""

from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.deliveries.suppression import FailureStreak, Suppression
from invoicing.domain.erasure.customer import ERASED_NAME
from invoicing.domain.erasure.erasure import Erasure
from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.invoice_walk import SETTLED
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.lists.search_rows import SearchRow
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.payment import Payment
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice, RecurringStatus
from invoicing.operations.customers import _erasure as module
from invoicing.operations.customers.create_customer import create_customer
from invoicing.operations.customers.restore_customer import restore_customer
from invoicing.operations.customers.update_customer import update_customer
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.send_invoice import send_invoice
from tests.books import assert_books_balance, issue, pay
from tests.builders import PAGE_URL, a_customer, a_new_customer
from tests.operations.customers.known_customer import AFTER, KNOWN, WORD, Erasing

FIGURES = ("total", "tax", "number", "issue_date", "amount", "amount_paid", "date", "movement", "payment_date", "lines")


@pytest.fixture
def erasing() -> Erasing:
    erasing = Erasing()
    erasing.fill()
    erasing.archive()
    return erasing


def figures(erasing: Erasing) -> dict[str, tuple[Any, ...]]:
    """What has to stay of all documents and entries."""
    kinds: tuple[type[Any], ...] = (Invoice, CreditNote, Payment, LedgerEntry)
    documents = [each for kind in kinds for each in erasing.store.all(kind)]
    return {each.id: tuple(getattr(each, name, None) for name in FIGURES) for each in documents}


def test_nothing_says_any_more_who_it_was(erasing: Erasing) -> None:
    before = figures(erasing)
    assert len(erasing.left()) > 15
    erasing.delete()
    assert (erasing.customer().name, erasing.customer().erased_at) == (ERASED_NAME, AFTER)
    erasing.finish()
    assert erasing.left() == []
    assert figures(erasing) == before
    assert {each.buyer.name for each in erasing.store.all(Invoice)} == {ERASED_NAME}
    assert {each.content_hash for each in erasing.store.all(Invoice)} == {None}
    assert erasing.objects.kept == {}
    assert [*erasing.store.all(Suppression), *erasing.store.all(FailureStreak)] == []
    assert {each.status for each in erasing.store.all(RecurringInvoice)} == {RecurringStatus.CANCELLED}
    assert DeliveryStatus.QUEUED not in {each.status for each in erasing.store.all(Delivery)}
    assert [row for row in erasing.store.all(SearchRow) if WORD in row.id] == []
    assert_books_balance(erasing.store)


def test_again_it_changes_nothing(erasing: Erasing) -> None:
    erasing.delete()
    erasing.finish()
    before = dict(erasing.store.entities)
    erasing.delete()
    erasing.delete(erase=False)
    erasing.finish()
    assert erasing.store.entities == before
    assert erasing.store.event_types().count("customer.erased") == 1


@pytest.mark.parametrize("calls", range(0, 160, 3))
def test_what_dies_half_way_goes_on_with_the_next_tick(erasing: Erasing, calls: int) -> None:
    before = figures(erasing)
    erasing.delete()
    erasing.tick_and_die(calls)
    erasing.finish()
    assert (erasing.left(), erasing.objects.kept) == ([], {})
    assert figures(erasing) == before


@pytest.mark.parametrize("died_at", range(4))
def test_pdfs_go_also_where_the_document_was_erased_and_the_process_died(erasing: Erasing, died_at: int) -> None:
    calls = iter(range(100))

    def die() -> None:
        if next(calls) == died_at:
            raise RuntimeError

    erasing.delete()
    erasing.objects.while_removing = die
    with pytest.raises(RuntimeError):
        erasing.tick()
    erasing.finish()
    assert (erasing.left(), erasing.objects.kept) == ([], {})


def test_two_runs_at_once_and_pages_of_one_document_end_alike(
    erasing: Erasing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 1)
    monkeypatch.setattr(module, "ENTRIES_AT_ONCE", 2)
    monkeypatch.setattr(module, "MOST_PAGES", 3)
    erasing.delete()
    for _ in range(8):
        erasing.store.before_next_commit(erasing.tick)
        erasing.tick()
    erasing.finish()
    assert (erasing.left(), erasing.objects.kept) == ([], {})


def test_a_pdf_that_was_being_drawn_meanwhile_goes_with_the_walk_that_follows(erasing: Erasing) -> None:
    name = next(iter(erasing.objects.kept))
    erasing.delete()
    erasing.tick()
    erasing.objects.keep(name, WORD.encode())
    erasing.office.now += SETTLED
    erasing.tick()
    assert (erasing.objects.kept, erasing.store.all(Erasure)) == ({}, [])


def test_documents_have_to_be_kept_until_their_years_are_over(erasing: Erasing) -> None:
    before = dict(erasing.store.entities)
    erasing.office.now = AFTER - timedelta(microseconds=1)
    with pytest.raises(Conflict) as refused:
        erasing.delete()
    assert (refused.value.code, refused.value.extra) == ("RETENTION_NOT_ENDED", {"erasable_from": "2037-01-01"})
    assert erasing.store.entities == before


def test_a_payment_begins_the_years_anew(erasing: Erasing) -> None:
    erasing.office.now = AFTER - timedelta(days=1)
    invoice = next(each for each in erasing.store.all(Invoice) if each.amount_due and each.number)
    pay(erasing.office, invoice, "1")
    erasing.office.now = AFTER
    with pytest.raises(Conflict) as refused:
        erasing.delete()
    assert refused.value.extra == {"erasable_from": "2047-01-01"}


def test_a_customer_with_documents_is_archived_first() -> None:
    erasing = Erasing()
    erasing.fill()
    erasing.office.now = AFTER
    with pytest.raises(Conflict) as refused:
        erasing.delete()
    assert refused.value.code == "CUSTOMER_NOT_ARCHIVED"


def test_one_without_documents_is_removed_and_another_with_its_id_keeps_what_it_has() -> None:
    erasing = Erasing()
    erasing.delete()
    assert erasing.left() == []
    assert erasing.store.all(Customer) == []
    new = a_new_customer(id=KNOWN.id, name="Another")
    erasing.office.run_use_case(lambda uow: create_customer(uow, new))
    issue(erasing.office)
    erasing.finish()
    assert [each.buyer.name for each in erasing.store.all(Invoice)] == ["Another"]


def test_other_customers_keep_theirs(erasing: Erasing) -> None:
    other = a_customer(id="cust_other", name="Other Inc.", email="other@example.com")
    erasing.store.keep(other)
    invoice = issue(erasing.office, customer_id=other.id, issue_date=None, due_in=9999)
    erasing.delete()
    erasing.finish()
    assert erasing.store.entities[Customer, other.account, other.id].name == "Other Inc."
    assert erasing.store.entities[Invoice, other.account, invoice.id].content_hash == invoice.content_hash


def test_it_stays_nobody(erasing: Erasing) -> None:
    draft = next(each for each in erasing.store.all(Invoice) if each.number is None)
    erasing.delete()
    for act in (
        lambda uow: restore_customer(uow, KNOWN.id),
        lambda uow: update_customer(uow, KNOWN.id, {"name": WORD}),
        lambda uow: send_invoice(uow, draft.id, EmailRequest(), page_url=PAGE_URL),
    ):
        with pytest.raises(Conflict) as refused:
            erasing.office.run_use_case(act)
        assert refused.value.code == "CUSTOMER_ERASED"
    with pytest.raises(ValidationFailed) as invalid:
        issue(erasing.office)
    assert [each.code for each in invalid.value.details] == ["CUSTOMER_ERASED"]
