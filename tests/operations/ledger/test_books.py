"""The books under any sequence of what happens to money: a model adds up beside, and both must agree at each step."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.ledger.entry import Credit, LedgerEntry, credit_id
from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.payable import NewPrepayment, NewWithholding
from invoicing.domain.money.rounding import RoundingChoice
from invoicing.domain.payments.payment import Payment
from invoicing.domain.sealing import Sealable, content_hash
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.credit_notes.void_credit_note import void_credit_note
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.delete_invoice import delete_invoice
from invoicing.operations.invoices.revise_invoice import revise_invoice
from invoicing.operations.invoices.undo_write_off import undo_write_off
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from invoicing.operations.pages.view_invoice import view_invoice
from invoicing.operations.payments.apply_credit import apply_credit
from invoicing.operations.payments.pay_out_credit import NewCreditPayout, pay_out_credit
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.payments.record_payment import NewCustomerPayment, record_payment
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from invoicing.operations.unit_of_work.change_set import Ref, ref_of
from tests.builders import ACCOUNT, PAGE_URL, a_line, a_new_invoice
from tests.examples import examples
from tests.operations.ledger.book_checks import BookChecks
from tests.operations.ledger.book_model import CURRENCIES, CUSTOMERS, credit_items
from tests.operations.ledger.report_checks import ReportChecks

AMOUNTS = st.integers(1, 30_000)
"""Minor units; invoices come to some 20,000."""

PAYABLE: tuple[dict[str, Any], ...] = (
    {},
    {},
    {"withholdings": (NewWithholding(name="IRPF", rate=Decimal("0.15")),)},
    {"prepayments": (NewPrepayment(amount=Decimal(20)),)},
    {"rounding": RoundingChoice(cash=Decimal(5))},
)
"""What makes less or more of an invoice payable than its total."""


class Books(BookChecks, ReportChecks, RuleBasedStateMachine):
    """Everything that moves money, in any order, with amounts that are often refused."""

    invoices = Bundle("invoices")
    payments = Bundle("payments")

    # ─────────────────────────────────── What happens ───────────────────────────────────

    @initialize(target=invoices)
    def begin(self) -> Any:
        return self.send("cust_1", "USD", [("1", 100)], None, {})

    @rule(
        target=invoices,
        customer=st.sampled_from(CUSTOMERS),
        currency=st.sampled_from(CURRENCIES),
        lines=st.lists(st.tuples(st.sampled_from(("1", "3", "0.7")), st.integers(-40, 160)), min_size=1, max_size=3),
        rate=st.sampled_from((None, "0.19")),
        payable=st.sampled_from(PAYABLE),
    )
    def send(
        self, customer: str, currency: str, lines: list[tuple[str, int]], rate: str | None, payable: dict[str, Any]
    ) -> Any:
        priced = [a_line(quantity, str(price), rate) for quantity, price in lines]
        new = a_new_invoice(*priced, customer_id=customer, currency=currency, **payable)
        sent = self.do(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))
        if sent is None:
            return multiple()
        self.issued(sent)
        return sent.id

    @rule(target=payments, invoice_id=invoices)
    def find_a_payment(self, invoice_id: str) -> Any:
        """So that those from credit at issue are refunded too."""
        return multiple(*(part.payment_id for part in self.stored(invoice_id).payments[-1:]))

    @rule(customer=st.sampled_from(CUSTOMERS), left=st.integers(0, 3))
    def carry(self, customer: str, left: int) -> None:
        self.carry_forward(customer, left)

    @rule(days=st.sampled_from((1, 15, 30)))
    def wait(self, days: int) -> None:
        self.office.now += timedelta(days=days)

    @rule(invoice_id=invoices)
    def view(self, invoice_id: str) -> None:
        bill, status = self.bills[invoice_id], self.stored(invoice_id).status
        token = self.stored(invoice_id).page_token or ""
        self.do(lambda uow: view_invoice(uow, token, "browser"))
        bill.viewed = bill.viewed or status is not Status.CANCELLED
        bill.unpaid = Status.VIEWED if status is Status.SENT else bill.unpaid

    @rule(target=payments, invoice_id=invoices, part=st.sampled_from((2, 1)))
    def pay_a_part_or_all(self, invoice_id: str, part: int) -> Any:
        return self.pay(invoice_id, self.stored(invoice_id).amount_due // part or 1, over=False)

    @rule(target=payments, invoice_id=invoices, amount=AMOUNTS, over=st.booleans())
    def pay_any_amount(self, invoice_id: str, amount: int, over: bool) -> Any:
        return self.pay(invoice_id, amount, over=over)

    def pay(self, invoice_id: str, amount: int, *, over: bool) -> Any:
        invoice = self.stored(invoice_id)
        new = NewPayment(amount=to_major(amount, invoice.currency), method="cash", allow_overpayment=over)
        paid = self.do(lambda uow: record_invoice_payment(uow, invoice_id, new))
        payable = invoice.status is not Status.CANCELLED
        assert (paid is not None) is (payable and (over or amount <= invoice.amount_due))
        return self.booked(paid)

    @rule(target=payments, customer=st.sampled_from(CUSTOMERS), currency=st.sampled_from(CURRENCIES), amount=AMOUNTS)
    def pay_oldest_first(self, customer: str, currency: str, amount: int) -> Any:
        new = NewCustomerPayment(
            customer_id=customer,
            currency=currency,
            amount=to_major(amount, currency),
            method="bank_transfer",
            allow_overpayment=True,
        )
        return self.booked(self.do(lambda uow: record_payment(uow, new, self.ledger)))

    @rule(target=payments, invoice_id=invoices, amount=st.none() | AMOUNTS)
    def apply(self, invoice_id: str, amount: int | None) -> Any:
        invoice = self.stored(invoice_id)
        given = None if amount is None else to_major(amount, invoice.currency)
        return self.booked(self.do(lambda uow: apply_credit(uow, invoice_id, given)))

    @rule(target=payments, invoice_id=invoices)
    def pay_with_a_note(self, invoice_id: str) -> Any:
        """Credit of a note pays another invoice, and can come back."""
        invoice = self.stored(invoice_id)
        self.pay_a_part_or_all(invoice_id, 1)
        self.credit_with(invoice_id, NewCreditNote(reason="returned"))
        other = self.send(invoice.buyer.id, invoice.currency, [("1", 100)], "0.19", {})
        self.apply(other, None)
        return self.find_a_payment(other)

    @rule(customer=st.sampled_from(CUSTOMERS), currency=st.sampled_from(CURRENCIES), amount=AMOUNTS)
    def pay_out(self, customer: str, currency: str, amount: int) -> None:
        possible = amount <= self.credit.get((customer, currency), 0)
        assert self.pays_out(customer, currency, amount) is possible

    def pays_out(self, customer: str, currency: str, amount: int, on: date | None = None) -> bool:
        money = to_major(amount, currency)
        new = NewCreditPayout(amount=money, currency=currency, method="bank_transfer", payout_date=on)
        done = self.do(lambda uow: pay_out_credit(uow, customer, new))
        if done:
            self.add_credit(customer, currency, -amount)
            self.journal.paid_out(done)
        return done is not None

    @rule(customer=st.sampled_from(CUSTOMERS), currency=st.sampled_from(CURRENCIES))
    def pay_out_all(self, customer: str, currency: str) -> None:
        if amount := self.credit.get((customer, currency), 0):
            self.pay_out(customer, currency, amount)

    @rule(payment_id=payments, amount=st.none() | AMOUNTS)
    def refund(self, payment_id: str, amount: int | None) -> None:
        given = None if amount is None else to_major(amount, self.payment(payment_id).currency)
        self.gave_back(payment_id, lambda uow: refund_payment(uow, payment_id, NewRefund(amount=given), self.ledger))

    @rule(payment_id=payments)
    def reverse(self, payment_id: str) -> None:
        self.gave_back(payment_id, lambda uow: reverse_payment(uow, payment_id, "typed wrong", self.ledger))

    @rule(invoice_id=invoices, data=st.data(), whole=st.booleans())
    def issue_credit_note(self, invoice_id: str, data: st.DataObject, whole: bool) -> None:
        items = None if whole else (data.draw(credit_items(self.stored(invoice_id))),)
        self.credit_with(invoice_id, NewCreditNote(reason="returned", items=items))

    def credit_with(self, invoice_id: str, new: NewCreditNote) -> None:
        invoice = self.stored(invoice_id)
        note = self.do(lambda uow: create_credit_note(uow, invoice_id, new, page_url=PAGE_URL))
        if note:
            self.credited(invoice, note.amount_payable)
            self.journal.credited(note)

    @rule(data=st.data())
    def void_credit_note(self, data: st.DataObject) -> None:
        notes = sorted(self.store.all(CreditNote), key=lambda note: note.id)
        if not notes:
            return
        note = data.draw(st.sampled_from(notes))
        bill, customer = self.bills[note.invoice_id], (note.buyer.id, note.currency)
        unused = min(bill.to_customer, self.credit.get(customer, 0))
        done = self.do(lambda uow: void_credit_note(uow, note.id, "mistake", self.ledger))
        possible = not (note.voided_at or note.applied_to_invoice or bill.cancelled) and note.amount_payable <= unused
        assert (done is not None) is (possible and not (self.locked and note.issue_date <= self.locked))
        if done:
            bill.to_customer -= note.amount_payable
            self.add_credit(*customer, -note.amount_payable)
            self.journal.note_voided(done, self.office.now.date())

    @rule(invoice_id=invoices, amount=st.none() | AMOUNTS)
    def write_off(self, invoice_id: str, amount: int | None) -> None:
        bill = self.bills[invoice_id]
        done = self.lose(invoice_id, amount)
        assert (done is not None) is (bill.due > 0 and (amount or 0) <= bill.due)
        if done:
            bill.written_off += amount or bill.due

    def lose(self, invoice_id: str, amount: int | None, on: date | None = None) -> Invoice | None:
        given = None if amount is None else to_major(amount, self.stored(invoice_id).currency)
        done: Invoice | None = self.do(lambda uow: write_off_invoice(uow, invoice_id, "insolvent", given, on=on))
        if done:
            self.journal.written_off(done, on or self.office.now.date())
        return done

    @rule(invoice_id=invoices)
    def undo_write_off(self, invoice_id: str) -> None:
        bill, before = self.bills[invoice_id], self.stored(invoice_id)
        done = self.do(lambda uow: undo_write_off(uow, invoice_id))
        assert (done is not None) is (bill.written_off > 0)
        if done:
            bill.undo_write_off(self.office.now.date())
            self.journal.written_off(done, max(self.office.now.date(), before.write_off_date or date.min))

    @rule(invoice_id=invoices, by_note=st.booleans())
    def void(self, invoice_id: str, by_note: bool) -> None:
        bill, before = self.bills[invoice_id], self.stored(invoice_id)
        untouched = not (bill.cancelled or bill.parts or bill.credited or bill.written_off or before.credited)
        done = self.do(lambda uow: void_invoice(uow, invoice_id, "mistake", credit_note=by_note))
        possible = untouched and (before.total > 0 if by_note else not self.is_locked(before.issue_date))
        assert (done is not None) is possible, "only what nothing has settled, and no period has locked, can be voided"
        if done:
            self.cancelled(before, bill.due + before.prepaid_total if by_note else 0, done.credit_note_id)

    @rule(invoice_id=invoices)
    def revise(self, invoice_id: str) -> None:
        bill, before = self.bills[invoice_id], self.stored(invoice_id)
        left = bill.total + before.prepaid_total - bill.credited - bill.to_customer
        done = self.do(lambda uow: revise_invoice(uow, invoice_id, None))
        is_credited = bool(before.credited) and before.amount_credited == before.total
        is_open = before.total > 0 or not self.is_locked(before.issue_date)
        possible = is_open and not (bill.cancelled or bill.written_off or is_credited)
        assert (done is not None) is (possible and bill.due <= left), "all that is due is left to credit"
        if done:
            self.cancelled(before, left, done.credit_note_id)
            self.do(lambda uow: delete_invoice(uow, done.draft.id))
            assert self.stored(invoice_id).revised_by is None

    # ─────────────────────────────────── What must hold ───────────────────────────────────

    @invariant()
    def invoices_add_up(self) -> None:
        for invoice_id, bill in self.bills.items():
            invoice = self.stored(invoice_id)
            assert invoice.amount_due == bill.due >= 0
            assert invoice.amount_paid == bill.paid - bill.returned >= 0
            assert invoice.credited_to_customer == bill.to_customer >= 0
            assert invoice.status is bill.status(self.office.now.date())
            paid_on = [self.payment(payment_id).payment_date for payment_id in bill.parts]
            ended = bill.due == 0 and not bill.written_off
            assert invoice.paid_date == (max(paid_on, default=None) if ended else None)
            left = {part.payment_id: part.amount - part.returned for part in invoice.payments}
            assert {payment: amount for payment, amount in left.items() if amount} == bill.parts

    @invariant()
    def payments_add_up(self) -> None:
        for payment in self.store.all(Payment):
            parts = [part.left for part in payment.allocations]
            assert min([payment.left, *parts]) >= 0
            assert payment.amount == sum(part.amount for part in payment.allocations) + payment.to_credit

    @invariant()
    def credit_is_its_entries(self) -> None:
        for customer in CUSTOMERS:
            for currency in CURRENCIES:
                stored = self.store.find(Ref(Credit, ACCOUNT, credit_id(customer, currency)))
                amount = stored.amount if stored else 0
                assert amount == self.credit.get((customer, currency), 0) >= 0
                assert amount == sum(entry.credit for entry in self.entries(customer, currency))

    @invariant()
    def nothing_that_is_sealed_changes(self) -> None:
        kinds: tuple[type[Sealable], ...] = (Invoice, CreditNote, LedgerEntry)
        for document in (document for kind in kinds for document in self.store.all(kind)):
            ref = ref_of(document)
            if self.hashed.get(ref) is not document:
                assert document.content_hash == self.hashes.setdefault(ref, content_hash(document))
                assert document.content_hash == content_hash(document)
                self.hashed[ref] = document


Books.TestCase.settings = settings(max_examples=examples(120), stateful_step_count=40, deadline=None)
TestBooks = pytest.mark.slow(Books.TestCase)
