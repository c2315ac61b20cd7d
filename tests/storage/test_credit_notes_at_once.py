"""An invoice that many credit and pay at once, under real threads on Amazon's DynamoDB Local."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.errors import Conflict, InvoicingError, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.payment_terms import EarlyPaymentDiscount
from invoicing.domain.ledger.entry import Credit, credit_id
from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.domain.payments.payment import Payment
from invoicing.operations.account.audit_numbering import audit_numbering
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.credit_notes.void_credit_note import void_credit_note
from invoicing.operations.payments.apply_credit import apply_credit
from invoicing.operations.payments.pay_out_credit import NewCreditPayout, pay_out_credit
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.ledger import DynamoLedger
from invoicing.storage.numbers import DynamoNumbers
from tests.builders import PAGE_URL, a_line, a_new_invoice
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]


def test_an_invoice_credited_and_paid_at_once_is_never_credited_twice(site: Site, local_tables: Database) -> None:
    """15 want to credit a tenth of it, 5 pay a tenth: what was paid and is credited all the same is the customer's."""
    invoice = site.send(site.create(a_new_invoice(a_line("10", "9.999", "0.19"))).id)
    new = NewCreditNote(reason="Returned", items=[CreditItem(invoice.lines[0].id, Decimal(1))])
    payment = NewPayment(amount=Decimal("11.9"), method="cash", allow_overpayment=True)

    def act(index: int) -> CreditNote | Payment:
        if index % 4 == 3:
            return run_use_case(site.uow, lambda uow: record_invoice_payment(uow, invoice.id, payment))
        return run_use_case(site.uow, lambda uow: create_credit_note(uow, invoice.id, new, page_url=PAGE_URL))

    outcomes = at_once(20, act)
    notes = [outcome for outcome in outcomes if isinstance(outcome, CreditNote)]
    paid = sum(outcome.amount for outcome in outcomes if isinstance(outcome, Payment))
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert (len(notes), len(refused)) == (10, 5)
    assert all(isinstance(error, (Conflict, ValidationFailed)) for error in refused)
    assert sum(note.total for note in notes) == invoice.total
    _books_are_right(site, local_tables, invoice, paid)
    numbers = DynamoNumbers(local_tables)
    audits = audit_numbering(site.uow(ChangeSet()), numbers).periods
    assert [(audit.series, audit.count, audit.gaps, audit.duplicates) for audit in audits] == [
        ("series_credit_note", 10, (), ()),
        ("series_invoice", 1, (), ()),
    ]


def test_credit_of_a_note_is_used_or_ends_with_it_and_never_both(site: Site, local_tables: Database) -> None:
    """Several void it, others apply, refund and pay out a part of its credit: exactly one kind wins."""
    ledger = DynamoLedger(local_tables)
    invoice, other = (site.send(site.create(a_new_invoice(a_line("1", "100"))).id) for _ in range(2))
    paid = NewPayment(amount=Decimal(100), method="cash")
    payment = run_use_case(site.uow, lambda uow: record_invoice_payment(uow, invoice.id, paid))
    new = NewCreditNote(reason="Returned")
    note = run_use_case(site.uow, lambda uow: create_credit_note(uow, invoice.id, new, page_url=PAGE_URL))
    uses: tuple[Callable[[UnitOfWork], Any], ...] = (
        lambda uow: void_credit_note(uow, note.id, None, ledger),
        lambda uow: apply_credit(uow, other.id, Decimal(100)),
        lambda uow: void_credit_note(uow, note.id, None, ledger),
        lambda uow: pay_out_credit(uow, "cust_123", NewCreditPayout(amount=Decimal(100), method="cash")),
        lambda uow: void_credit_note(uow, note.id, None, ledger),
        lambda uow: refund_payment(uow, payment.id, NewRefund(amount=Decimal(100)), ledger),
    )
    outcomes = at_once(12, lambda index: run_use_case(site.uow, uses[index % len(uses)]))
    voids = [outcome for outcome in outcomes if isinstance(outcome, CreditNote)]
    paid_or_out = [outcome for outcome in outcomes if isinstance(outcome, Payment | CreditPayout)]
    refunds = [made for made in paid_or_out if made.id == payment.id]
    used = [made for made in paid_or_out if made.id != payment.id]
    assert len(voids) + len(used) <= 1, "the credit of 100 is taken once, by voiding or by use"
    assert all(isinstance(each, (CreditNote, Payment, CreditPayout, InvoicingError)) for each in outcomes)
    after = site.store.find(Ref(Invoice, site.account, invoice.id))
    voided = site.store.find(Ref(CreditNote, site.account, note.id))
    held = site.store.find(Ref(Credit, site.account, credit_id("cust_123", "USD")))
    assert after is not None
    assert voided is not None
    assert held is not None
    assert bool(voided.voided_at) is bool(voids)
    assert held.amount == 0
    # A refund takes what credit there is; what is voided or used by others makes the invoice due again.
    assert len(refunds) == 1
    assert after.amount_due == (10000 if voids or used else 0)
    assert after.amount_credited == (0 if voids else 10000)
    entries = ledger.entries(site.account, "cust_123")
    due = sum(item.amount_due for item in ledger.due_first(site.account, "cust_123", "USD", 100))
    assert (sum(entry.amount for entry in entries), sum(entry.credit for entry in entries)) == (due, 0)


def test_a_discount_for_early_payment_is_taken_once(site: Site, local_tables: Database) -> None:
    """Eight pay exactly what it leaves: one settles the invoice, and makes the only credit note."""
    offer = EarlyPaymentDiscount(Decimal(2), 10)
    new = a_new_invoice(a_line("10", "100", "0.19"), early_payment_discounts=(offer,), issue_date=None)
    invoice = site.send(site.create(new).id)
    payment = NewPayment(amount=Decimal("1166.20"), method="cash")
    outcomes = at_once(
        8, lambda _: run_use_case(site.uow, lambda uow: record_invoice_payment(uow, invoice.id, payment))
    )
    (made,) = (outcome for outcome in outcomes if isinstance(outcome, Payment))
    refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationFailed)]
    assert [error.code for error in refused] == ["AMOUNT_EXCEEDS_DUE"] * 7
    note = site.store.find(Ref(CreditNote, site.account, made.discount_note_id or ""))
    after = site.store.find(Ref(Invoice, site.account, invoice.id))
    assert note is not None
    assert after is not None
    assert (note.total, note.number, after.amount_due, after.amount_credited) == (2380, "CN-2026-001", 0, 2380)
    audits = audit_numbering(site.uow(ChangeSet()), DynamoNumbers(local_tables)).periods
    assert [(audit.count, audit.gaps, audit.duplicates) for audit in audits] == [(1, (), ()), (1, (), ())]
    ledger = DynamoLedger(local_tables)
    assert sum(entry.amount for entry in ledger.entries(site.account, "cust_123")) == 0
    run_use_case(site.uow, lambda uow: reverse_payment(uow, made.id, "Bounced", ledger))
    again = site.store.find(Ref(Invoice, site.account, invoice.id))
    assert again is not None
    assert (again.amount_due, again.amount_credited) == (119000, 0)
    assert sum(entry.amount for entry in ledger.entries(site.account, "cust_123")) == 119000


def _books_are_right(site: Site, database: Database, invoice: Invoice, paid: int) -> None:
    after = site.store.find(Ref(Invoice, site.account, invoice.id))
    held = site.store.find(Ref(Credit, site.account, credit_id(invoice.buyer.id, invoice.currency)))
    assert after is not None
    assert held is not None
    assert (after.status, after.amount_due, held.amount) == (Status.PAID, 0, paid)
    entries = DynamoLedger(database).entries(site.account, invoice.buyer.id)
    assert sum(entry.amount for entry in entries) == -held.amount
    assert sum(entry.credit for entry in entries) == held.amount
