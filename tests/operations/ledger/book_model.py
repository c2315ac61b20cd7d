"""What the model of the books knows, and how it follows what use cases do."""

from datetime import date
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import multiple

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.errors import InvoicingError
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.carried_balance import CarriedBalance, carried_forward, tells_all_of
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.ledger.statement import Balance, balances
from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Payment
from invoicing.operations.account import _own_account
from invoicing.operations.unit_of_work.change_set import Ref
from tests.books import Bill
from tests.builders import ACCOUNT, NOW, a_customer, an_account
from tests.fakes import FakeLedger, FakeStore
from tests.journal import Journal
from tests.office import Office

CUSTOMERS = ("cust_1", "cust_2")
CURRENCIES = ("USD", "JPY")
RATES = ExchangeRates(
    account=ACCOUNT,
    id=_own_account.RATES,
    version=1,
    base="USD",
    rates={"JPY": Decimal("151.37")},
    updated_at=NOW,
)


@st.composite
def credit_items(draw: st.DrawFn, invoice: Invoice) -> CreditItem:
    """A part of a line, by any measure."""
    line, part = draw(st.sampled_from(invoice.lines)), draw(st.sampled_from((1, 3, 10)))
    measure = draw(st.sampled_from(("quantity", "amount", "percentage")))
    if measure == "amount":
        net = int((line.subtotal - line.discount_amount) / part)
        return CreditItem(line.id, amount=to_major(net, invoice.currency))
    whole = line.quantity if measure == "quantity" else Decimal(100)
    return CreditItem(line.id, **{measure: (whole / part).quantize(Decimal("0.000001"))})


class BookModel:
    """Sums beside the store, changed by what use cases return."""

    def __init__(self) -> None:
        super().__init__()
        self.store = FakeStore()
        manual, automatic = CUSTOMERS
        self.store.keep(an_account(), a_customer(id=manual), a_customer(id=automatic, apply_credit="auto"), RATES)
        self.office = Office(self.store)
        self.ledger = FakeLedger(self.store)
        self.journal = Journal()
        self.bills: dict[str, Bill] = {}
        self.credit: dict[tuple[str, str], int] = {}
        self.locked: date | None = None
        self.hashes: dict[Ref[Any], str] = {}
        self.hashed: dict[Ref[Any], Any] = {}
        self.carried: dict[str, CarriedBalance] = {}

    def do(self, use_case: Any) -> Any:
        """What a use case gives; None when it refuses, which must change nothing."""
        before = self.store.commits
        try:
            return self.office.run_use_case(use_case)
        except InvoicingError:
            assert self.store.commits == before
            return None

    def is_locked(self, day: date) -> bool:
        return self.locked is not None and day <= self.locked

    def cancelled(self, before: Invoice, credited: int, note_id: str | None) -> None:
        """Let the model follow an invoice that is cancelled, by a note of so much or without one."""
        if note_id is None:
            self.journal.voided(before, self.office.now.date())
        elif note := self.note(note_id):
            self.journal.credited(note)
        self.credited(before, credited)
        self.bills[before.id].cancelled = True

    def credited(self, before: Invoice, amount: int) -> None:
        """Let the model follow a credit note: what exceeds the amount due becomes credit."""
        bill = self.bills[before.id]
        lowered = min(amount, bill.due)
        bill.credited += lowered
        bill.to_customer += amount - lowered
        self.add_credit(before.buyer.id, before.currency, amount - lowered)

    def booked(self, payment: Payment | None) -> Any:
        """Let the model follow a payment; the target of the rule."""
        if payment is None:
            return multiple()
        if note := self.note(payment.discount_note_id):
            self.credited(self.stored(note.invoice_id), note.amount_payable)
            self.journal.credited(note)
        for part in payment.allocations:
            bill = self.bills[part.invoice_id]
            bill.paid += part.amount
            bill.parts[payment.id] = bill.parts.get(payment.id, 0) + part.amount
        used = payment.amount if payment.method == CUSTOMER_CREDIT else 0
        self.add_credit(payment.customer_id, payment.currency, payment.to_credit - used)
        self.journal.paid(payment)
        return payment.id

    def issued(self, invoice: Invoice) -> None:
        """Let the model follow an invoice, and what it was paid with at once."""
        self.bills[invoice.id] = Bill(total=invoice.amount_payable, due_date=invoice.due_date)
        self.journal.issued(invoice)
        for part in invoice.payments:
            self.booked(self.payment(part.payment_id))

    def gave_back(self, payment_id: str, use_case: Any) -> None:
        before = self.payment(payment_id)
        note = self.note(before.discount_note_id)
        after: Payment | None = self.do(use_case)
        if after is None:
            return
        on = after.reversal_date or after.refunds[-1].refund_date
        if note and not note.voided_at:
            self.discount_ended(note.id, on)
        self.journal.given_back(before, after, on)
        for old, new in zip(before.allocations, after.allocations, strict=True):
            bill, amount = self.bills[new.invoice_id], new.returned - old.returned
            bill.returned += amount
            bill.parts[payment_id] = bill.parts.get(payment_id, 0) - amount
            bill.parts = {payment: left for payment, left in bill.parts.items() if left}
        went_back = before.left - after.left
        of_credit = after.credit_returned - before.credit_returned
        of_notes = self.take_credit_of_notes(before, went_back, of_credit)
        for old, new in zip(before.allocations, after.allocations, strict=True):
            due_again = new.returned - old.returned - of_notes.get(new.invoice_id, 0)
            assert due_again >= 0
            assert not (due_again and self.bills[new.invoice_id].cancelled), "what is cancelled is never due again"
        to_credit = (went_back if before.method == CUSTOMER_CREDIT else 0) - of_credit - sum(of_notes.values())
        self.add_credit(before.customer_id, before.currency, to_credit)

    def discount_ended(self, note_id: str, on: date) -> None:
        """Let the model follow the note of a discount, where a reversal has voided it."""
        note = self.note(note_id)
        if note and note.voided_at:
            self.bills[note.invoice_id].credited -= note.applied_to_invoice
            self.journal.note_voided(note, on)

    def take_credit_of_notes(self, payment: Payment, went_back: int, of_credit: int) -> dict[str, int]:
        """What credit notes cover of the money that went back, by invoice: the last allocation first."""
        left = min(went_back, self.credit.get((payment.customer_id, payment.currency), 0)) - of_credit
        taken = {}
        for part in reversed(payment.allocations):
            bill = self.bills[part.invoice_id]
            taken[part.invoice_id] = covered = min(left, part.left, bill.to_customer)
            bill.to_customer -= covered
            bill.credited += covered
            left -= covered
        return taken

    def add_credit(self, customer: str, currency: str, amount: int) -> None:
        self.credit[customer, currency] = self.credit.get((customer, currency), 0) + amount

    def stored(self, invoice_id: str) -> Invoice:
        invoice = self.store.find(Ref(Invoice, ACCOUNT, invoice_id))
        assert invoice is not None
        return invoice

    def payment(self, payment_id: str) -> Payment:
        payment = self.store.find(Ref(Payment, ACCOUNT, payment_id))
        assert payment is not None
        return payment

    def note(self, note_id: str | None) -> CreditNote | None:
        return self.store.find(Ref(CreditNote, ACCOUNT, note_id)) if note_id else None

    def entries(self, customer: str, currency: str) -> list[LedgerEntry]:
        return [entry for entry in self.ledger.entries(ACCOUNT, customer) if entry.currency == currency]

    def nothing_carried(self, customer: str) -> CarriedBalance:
        return CarriedBalance(account=ACCOUNT, id=customer)

    def carry_forward(self, customer: str, left: int) -> None:
        """Carry the balance forward over all entries but the last ones."""
        known = self.carried.get(customer, self.nothing_carried(customer))
        entries = self.ledger.entries(ACCOUNT, customer, recorded_after=known.recorded_until)
        self.carried[customer] = carried_forward(known, entries[: max(0, len(entries) - left)], most=8)
        self.store.keep(self.carried[customer])

    def balance(self, customer: str, currency: str) -> Balance:
        """The balance by what is carried forward and the entries since."""
        carried = self.carried.get(customer, self.nothing_carried(customer))
        if not tells_all_of(carried, self.office.now.date()):
            carried = self.nothing_carried(customer)
        entries = self.ledger.entries(ACCOUNT, customer, recorded_after=carried.recorded_until)
        found = balances(carried, entries, currency, self.office.now.date())
        return next(each for each in found if each.currency == currency)
