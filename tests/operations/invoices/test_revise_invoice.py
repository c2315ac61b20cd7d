"""Revising an issued invoice: a cancelling credit note, and a draft that takes its place."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.errors import Conflict, PreconditionFailed, RefundRefused, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.ledger.entry import Movement
from invoicing.domain.money.payable import NewPrepayment
from invoicing.domain.sealing import content_hash
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.delete_invoice import delete_invoice
from invoicing.operations.invoices.duplicate_invoice import duplicate_invoice
from invoicing.operations.invoices.revise_invoice import Revision, revise_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from tests.books import assert_books_balance, credit, credit_note, current, entries, issue, ledger_of, pay
from tests.builders import NOW, PAGE_URL, a_customer, a_line, a_new_invoice, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.settling import lose, undo, use_credit

TODAY = NOW.date()


def revise(office: Office, invoice: Invoice, reason: str | None = None, if_version: int | None = None) -> Revision:
    return office.run_use_case(lambda uow: revise_invoice(uow, invoice.id, reason, if_version=if_version))


def refund(office: Office, payment: Any, amount: str | None = None) -> Any:
    new = NewRefund(amount=None if amount is None else Decimal(amount))
    return office.run_use_case(lambda uow: refund_payment(uow, payment.id, new, ledger_of(office)))


def test_an_unpaid_invoice_is_cancelled_and_copied_in_one_transaction(office: Office, store: FakeStore) -> None:
    lines = (a_line("3", "33.33", "0.19", sku="A-1"), a_line("1", "0.05"))
    new = a_new_invoice(*lines, number="OWN-1", notes="Thanks", metadata={"job": "7"})
    before = office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
    events, commits = len(store.events), store.commits
    office.now = NOW + timedelta(days=3)
    revision = revise(office, before, "Wrong address")
    assert store.commits == commits + 1
    old, draft = current(store, before), revision.draft
    assert draft == current(store, draft)
    assert (draft.status, draft.number, draft.revises, draft.revised_by) == (Status.DRAFT, None, before.id, None)
    assert (draft.issue_date, draft.notes, draft.metadata, draft.total) == (
        office.now.date(), "Thanks", {"job": "7"}, before.total,
    )  # fmt: skip
    assert [(line.description, line.quantity, line.sku) for line in draft.lines] == [
        (line.description, line.quantity, line.sku) for line in before.lines
    ]
    assert (old.status, old.version, old.revised_by, old.void_reason) == (
        Status.CANCELLED, before.version + 1, draft.id, "Wrong address",
    )  # fmt: skip
    assert old.content_hash == content_hash(old)
    (note,) = store.all(CreditNote)
    assert (note.id, note.invoice_id, note.total, note.applied_to_invoice, note.issue_date) == (
        revision.credit_note_id, before.id, before.total, before.total, office.now.date(),
    )  # fmt: skip
    assert store.event_types()[events:] == ["credit_note.created", "invoice.cancelled", "invoice.created"]
    assert_books_balance(store)


def test_a_revision_is_about_the_same_periods(office: Office) -> None:
    period = ServicePeriod(date(2026, 11, 1), date(2026, 11, 30))
    new = a_new_invoice(a_line("1", "10")._replace(service_period=period), service_period=period)
    before = office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
    draft = revise(office, before).draft
    assert (draft.service_period, draft.lines[0].service_period) == (period, period)


def test_what_was_paid_becomes_credit_that_pays_the_new_invoice(office: Office, store: FakeStore) -> None:
    store.keep(an_account(apply_credit="auto"))
    invoice = issue(office)
    pay(office, invoice, "60")
    draft = revise(office, invoice).draft
    old = current(store, invoice)
    assert (old.amount_paid, old.amount_credited, old.credited_to_customer, old.amount_due) == (6000, 10000, 6000, 0)
    assert (credit(store), entries(store, Movement.CREDIT_NOTE)) == (6000, [(-10000, 6000)])
    assert_books_balance(store)
    sent = office.run_use_case(lambda uow: send_invoice(uow, draft.id, None, page_url=PAGE_URL))
    assert (sent.amount_paid, sent.amount_due, sent.revises) == (6000, 4000, invoice.id)
    assert sent.content_hash == content_hash(sent)
    assert_books_balance(store)


def test_a_credited_part_is_not_credited_again(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    credit_note(office, invoice, "0.4")
    revise(office, invoice)
    assert [note.total for note in store.all(CreditNote)] == [4000, 6000]
    assert current(store, invoice).amount_credited == 10000
    assert_books_balance(store)


def test_a_prepayment_becomes_credit_like_any_other_payment(office: Office, store: FakeStore) -> None:
    invoice = issue(office, prepayments=(NewPrepayment(amount=Decimal(30), reference="Deposit"),))
    pay(office, invoice, "20")
    assert revise(office, invoice).draft.prepayments == (), "it would count twice"
    old = current(store, invoice)
    assert (old.amount_payable, old.credited_to_customer, old.amount_due) == (7000, 5000, 0)
    assert (credit(store), entries(store, Movement.CREDIT_NOTE)) == (5000, [(-10000, 5000)])


def test_an_invoice_of_0_is_revised_without_a_note(office: Office, store: FakeStore) -> None:
    free = issue(office, "0")
    revision = revise(office, free)
    assert (revision.credit_note_id, store.all(CreditNote)) == (None, [])
    assert (current(store, free).status, current(store, free).version) == (Status.CANCELLED, free.version + 1)


def test_an_invoice_of_0_in_a_locked_period_is_not_revised(office: Office, store: FakeStore) -> None:
    free = issue(office, "0")
    store.keep(an_account(books_locked_until=TODAY))
    office.now = NOW + timedelta(days=3)
    commits = store.commits
    with pytest.raises(Conflict, match=r"on 2026-\d\d-\d\d\. Change books_locked_until of the account") as refused:
        revise(office, free)
    assert (refused.value.code, store.commits) == ("PERIOD_LOCKED", commits)


def refused_because(office: Office, invoice: Invoice) -> str:
    with pytest.raises(Conflict) as refused:
        revise(office, invoice)
    assert refused.value.code == "INVALID_INVOICE_STATE"
    assert "revise" not in refused.value.extra["possible_actions"]
    return refused.value.message


def test_a_draft_and_a_cancelled_invoice_cannot_be_revised(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    draft = revise(office, invoice).draft
    commits = store.commits
    assert refused_because(office, draft) == "Cannot revise an invoice in status draft."
    assert refused_because(office, invoice) == "Cannot revise an invoice in status cancelled."
    assert store.commits == commits


def test_nothing_is_revised_of_what_was_credited_in_full(office: Office) -> None:
    invoice = issue(office)
    credit_note(office, invoice)
    assert refused_because(office, invoice).endswith("it was credited in full. Duplicate it instead.")


def test_a_write_off_is_undone_first(office: Office) -> None:
    invoice = issue(office)
    lose(office, invoice_id=invoice.id, amount="30")
    assert refused_because(office, invoice).endswith("Undo the write-off first.")
    undo(office, invoice.id)
    assert revise(office, invoice).credit_note_id


def test_what_is_due_again_for_used_credit_is_not_given_away(office: Office, store: FakeStore) -> None:
    invoice, other = issue(office), issue(office)
    payment = pay(office, invoice, "100")
    credit_note(office, invoice, "0.4")
    use_credit(office, invoice_id=other.id)
    refund(office, payment)
    assert current(store, invoice).amount_due == 10000
    assert refused_because(office, invoice).endswith("that amount is due again. Record its payment first.")
    again = pay(office, invoice, "40")
    revise(office, invoice)
    assert (current(store, invoice).amount_due, credit(store)) == (0, 0)
    with pytest.raises(RefundRefused, match=r"At most 0\.00 USD"):
        refund(office, again)
    assert_books_balance(store)


def test_an_archived_customer_gets_no_new_invoice_and_nothing_changes(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    customer = current(store, a_customer())
    store.keep(replace(customer, version=customer.version + 1, archived_at=NOW))
    commits = store.commits
    with pytest.raises(ValidationFailed) as refused:
        revise(office, invoice)
    assert (refused.value.code, store.commits, store.all(CreditNote)) == ("INVALID_CUSTOMER", commits, [])


def test_in_a_locked_period_there_is_no_note_and_no_draft(office: Office, store: FakeStore) -> None:
    invoice = issue(office, issue_date=TODAY)
    store.keep(an_account(version=2, books_locked_until=TODAY))
    with pytest.raises(Conflict) as refused:
        revise(office, invoice)
    assert (refused.value.code, len(store.all(Invoice))) == ("PERIOD_LOCKED", 1)
    office.now = NOW + timedelta(days=1)
    assert revise(office, invoice).credit_note_id


def test_drafts_are_numbered_where_the_account_says_so(office: Office, store: FakeStore) -> None:
    store.keep(an_account(number_assign_on="create"))
    invoice = issue(office)
    assert (invoice.number, revise(office, invoice).draft.number) == ("INV-2026-001", "INV-2026-002")


def test_another_version_than_the_current_one_is_refused(office: Office) -> None:
    invoice = issue(office)
    with pytest.raises(PreconditionFailed):
        revise(office, invoice, if_version=invoice.version + 1)
    assert revise(office, invoice, if_version=invoice.version).draft.revises == invoice.id


def test_of_two_who_revise_at_once_one_is_told_that_it_is_done(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: revise(other, invoice, "first"))
    with pytest.raises(Conflict, match="status cancelled"):
        revise(office, invoice, "second")
    assert (len(store.all(Invoice)), len(store.all(CreditNote))) == (2, 1)
    assert current(store, invoice).void_reason == "first"


def test_a_payment_that_comes_in_meanwhile_becomes_credit(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: pay(other, invoice, "100"))
    revise(office, invoice)
    assert credit(store) == 10000
    assert_books_balance(store)


# ─────────────────────────────────── Afterwards ───────────────────────────────────


def test_the_deleted_draft_is_named_no_more_and_the_invoice_stays_cancelled(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    draft = revise(office, invoice).draft
    before = current(store, invoice)
    office.run_use_case(lambda uow: delete_invoice(uow, draft.id))
    after = current(store, invoice)
    assert after == replace(before, version=before.version + 1, revised_by=None, updated_at=office.now)
    assert store.event_types()[-2:] == ["invoice.deleted", "invoice.updated"]
    assert [event.data["changed"] for event in store.events.values() if "changed" in event.data] == [["revised_by"]]
    assert refused_because(office, invoice) == "Cannot revise an invoice in status cancelled."
    assert_books_balance(store)


def test_a_changed_draft_still_revises_and_its_duplicate_does_not(office: Office, store: FakeStore) -> None:
    invoice = issue(office)
    draft = revise(office, invoice).draft
    changed = office.run_use_case(lambda uow: update_invoice(uow, draft.id, {"notes": "Now right"}))
    assert (changed.revises, changed.notes) == (invoice.id, "Now right")
    copy = office.run_use_case(lambda uow: duplicate_invoice(uow, draft.id))
    assert copy.revises is None
    office.run_use_case(lambda uow: delete_invoice(uow, copy.id))
    assert current(store, invoice).revised_by == draft.id


def test_a_refund_of_a_revised_invoice_takes_its_credit_and_nothing_is_due_again(
    office: Office, store: FakeStore
) -> None:
    invoice = issue(office)
    payment = pay(office, invoice, "100")
    revise(office, invoice)
    refund(office, payment, "30")
    assert credit(store) == 7000
    refund(office, payment)
    old = current(store, invoice)
    assert (old.status, old.amount_paid, old.credited_to_customer, old.amount_due) == (Status.CANCELLED, 0, 0, 0)
    assert credit(store) == 0
    assert_books_balance(store)


def test_what_the_new_invoice_took_of_the_credit_cannot_be_refunded_from_the_old_one(
    office: Office, store: FakeStore
) -> None:
    store.keep(an_account(apply_credit="auto"))
    invoice = issue(office, "80")
    payment = pay(office, invoice, "80")
    draft = revise(office, invoice).draft
    update = {"lines": (a_line("1", "50"),)}
    office.run_use_case(lambda uow: update_invoice(uow, draft.id, update))
    new = office.run_use_case(lambda uow: send_invoice(uow, draft.id, None, page_url=PAGE_URL))
    assert (new.status, credit(store)) == (Status.PAID, 3000)
    use = current(store, replace(payment, id=new.payments[0].payment_id))
    with pytest.raises(RefundRefused, match=rf"At most 30\.00 USD .*payment {use.id} of invoice {new.number}"):
        refund(office, payment, "30.01")
    with pytest.raises(Conflict, match=f"payment {use.id}"):
        office.run_use_case(lambda uow: reverse_payment(uow, payment.id, "bounced", ledger_of(office)))
    refund(office, use)
    office.run_use_case(lambda uow: reverse_payment(uow, payment.id, "bounced", ledger_of(office)))
    assert (current(store, new).amount_due, current(store, invoice).amount_due, credit(store)) == (5000, 0, 0)
    assert_books_balance(store)
