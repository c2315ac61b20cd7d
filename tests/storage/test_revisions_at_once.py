"""Invoices that many cancel by a credit note at once, and that one cancels when the process dies, on DynamoDB Local."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.ledger.entry import Credit, LedgerEntry, credit_id
from invoicing.domain.payments.payment import Payment
from invoicing.operations.account.audit_numbering import audit_numbering
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.invoices.revise_invoice import Revision, revise_invoice
from invoicing.operations.invoices.void_invoice import VoidedInvoice, void_invoice
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord, IdempotentReplay, Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.ledger import DynamoLedger
from invoicing.storage.numbers import DynamoNumbers
from tests.builders import NOW, PAGE_URL, a_line, a_new_invoice
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.reading import events_of, keys_of_invoices
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]

HUNDRED = a_new_invoice(a_line("10", "10"))


class Died(Exception):
    """The process ended."""


@pytest.fixture
def invoice(site: Site) -> Invoice:
    return site.send(site.create(HUNDRED).id)


def a_record(site: Site, key: str) -> IdempotencyRecord:
    return IdempotencyRecord(account=site.account, key=key, request_hash="h", answer={}, created_at=NOW)


def revise(site: Site, invoice: Invoice, record: IdempotencyRecord | None = None) -> Revision:
    return run_use_case(site.uow, lambda uow: revise_invoice(uow, invoice.id, None), lambda _: record)


def stored(site: Site, invoice: Invoice) -> Invoice:
    found = site.store.find(Ref(Invoice, site.account, invoice.id))
    assert found is not None
    return found


def credit(site: Site) -> int:
    found = site.store.find(Ref(Credit, site.account, credit_id("cust_123", "USD")))
    return found.amount if found else 0


def entries(site: Site, database: Database) -> list[LedgerEntry]:
    return DynamoLedger(database).entries(site.account, "cust_123")


def invoices(site: Site, database: Database) -> list[str]:
    return [key for key in keys_of_invoices(database, site.account) if not key.startswith("number#")]


def assert_numbers_are_whole(site: Site, database: Database) -> None:
    for audit in audit_numbering(site.uow(ChangeSet()), DynamoNumbers(database)).periods:
        assert (audit.gaps, audit.duplicates) == ((), ())


def test_an_invoice_revised_by_10_at_once_has_one_draft_and_one_note(
    site: Site, invoice: Invoice, local_tables: Database
) -> None:
    outcomes = at_once(10, lambda _: revise(site, invoice))
    assert Counter(type(outcome) for outcome in outcomes) == {Revision: 1, Conflict: 9}
    (revision,) = (outcome for outcome in outcomes if isinstance(outcome, Revision))
    assert stored(site, invoice).revised_by == revision.draft.id
    assert sorted(invoices(site, local_tables)) == sorted([invoice.id, revision.draft.id])
    types = Counter(event.type for event in events_of(local_tables, site.account))
    assert (types["invoice.cancelled"], types["credit_note.created"]) == (1, 1)
    assert [entry.amount for entry in entries(site, local_tables)] == [10000, -10000]
    assert_numbers_are_whole(site, local_tables)


def test_the_same_key_used_by_10_at_once_revises_once(site: Site, invoice: Invoice, local_tables: Database) -> None:
    outcomes = at_once(10, lambda _: revise(site, invoice, a_record(site, "k")))
    # Who begins after the winner has committed reads a cancelled invoice; over HTTP its key is looked up then.
    counted = Counter(type(outcome) for outcome in outcomes)
    assert counted[Revision] == 1
    assert counted[IdempotentReplay] + counted[Conflict] == 9
    assert len(invoices(site, local_tables)) == 2


def test_revised_voided_credited_and_paid_at_once_its_books_are_right(site: Site, local_tables: Database) -> None:
    note, payment = NewCreditNote(reason="Returned"), NewPayment(amount=Decimal(25), method="cash")
    for _ in range(6):
        invoice = site.send(site.create(HUNDRED).id)

        def act(index: int, invoice_id: str = invoice.id) -> object:
            use_cases: list[Any] = [
                lambda uow: revise_invoice(uow, invoice_id, None),
                lambda uow: void_invoice(uow, invoice_id, None),
                lambda uow: create_credit_note(uow, invoice_id, note, page_url=PAGE_URL),
                lambda uow: record_invoice_payment(uow, invoice_id, payment),
            ]
            return run_use_case(site.uow, use_cases[index % 4])

        before = credit(site)
        outcomes = at_once(8, act)
        refused = {type(outcome) for outcome in outcomes if isinstance(outcome, Exception)}
        assert refused <= {Conflict, ValidationFailed}
        paid = sum(outcome.amount for outcome in outcomes if isinstance(outcome, Payment))
        after = stored(site, invoice)
        assert (after.amount_due, after.amount_credited) == (0, 10000)
        assert credit(site) - before == paid == after.amount_paid == after.credited_to_customer
        is_cancelled = any(isinstance(outcome, Revision | VoidedInvoice) for outcome in outcomes)
        assert (after.status is Status.CANCELLED) is is_cancelled
    booked = entries(site, local_tables)
    assert sum(entry.amount for entry in booked) == -credit(site)
    assert sum(entry.credit for entry in booked) == credit(site)
    assert_numbers_are_whole(site, local_tables)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_that_dies_leaves_all_of_a_revision_or_nothing(
    site: Site, invoice: Invoice, local_tables: Database, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    commit, record = site.store.commit, a_record(site, "k")

    def dies(changes: ChangeSet, idempotency_record: IdempotencyRecord | None = None) -> None:
        if when == "after":
            commit(changes, idempotency_record)
        raise Died

    with monkeypatch.context() as patched:
        patched.setattr(site.store, "commit", dies)
        with pytest.raises(Died):
            revise(site, invoice, record)
    happened = when == "after"
    assert stored(site, invoice) == invoice or happened
    assert len(invoices(site, local_tables)) == len(entries(site, local_tables)) == 1 + happened
    found = site.store.find_idempotency_record(site.account, "k", NOW)
    assert (found is not None) is happened, "the client's next attempt gets the response of the first"
    if not happened:
        assert revise(site, invoice, record).draft.revises == invoice.id
    with pytest.raises(Conflict):
        revise(site, invoice, replace(record, key="another"))
    assert len(entries(site, local_tables)) == 2
    assert_numbers_are_whole(site, local_tables)
