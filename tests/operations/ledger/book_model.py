"""What the model of the books knows, and how it follows what use cases do."""

from datetime import date
from typing import Any

from hypothesis.stateful import multiple

from invoicing.domain.errors import InvoicingError
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Payment
from invoicing.operations.unit_of_work.change_set import Ref
from tests.books import Bill
from tests.builders import ACCOUNT, a_customer, an_account
from tests.fakes import FakeLedger, FakeStore
from tests.journal import Journal
from tests.office import Office

CUSTOMERS = ("cust_1", "cust_2")
CURRENCIES = ("USD", "JPY")


class BookModel:
    """Sums beside the store, changed by what use cases return."""

    def __init__(self) -> None:
        super().__init__()
        self.store = FakeStore()
        manual, automatic = CUSTOMERS
        self.store.keep(an_account(), a_customer(id=manual), a_customer(id=automatic, apply_credit="auto"))
        self.office = Office(self.store)
        self.ledger = FakeLedger(self.store)
        self.journal = Journal()
        self.bills: dict[str, Bill] = {}
        self.credit: dict[tuple[str, str], int] = {}
        self.locked: date | None = None
        self.hashes: dict[Ref[Any], str] = {}
        self.hashed: dict[Ref[Any], Any] = {}

    def do(self, use_case: Any) -> Any:
        """What a use case gives; None when it refuses, which must change nothing."""
        before = self.store.commits
        try:
            return self.office.run_use_case(use_case)
        except InvoicingError:
            assert self.store.commits == before
            return None

    def booked(self, payment: Payment | None) -> Any:
        """Let the model follow a payment; the target of the rule."""
        if payment is None:
            return multiple()
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
        self.bills[invoice.id] = Bill(total=invoice.total, due_date=invoice.due_date)
        self.journal.issued(invoice)
        for part in invoice.payments:
            self.booked(self.payment(part.payment_id))

    def gave_back(self, payment_id: str, use_case: Any) -> None:
        before = self.payment(payment_id)
        after: Payment | None = self.do(use_case)
        if after is None:
            return
        self.journal.given_back(before, after, after.reversal_date or after.refunds[-1].refund_date)
        for old, new in zip(before.allocations, after.allocations, strict=True):
            bill, amount = self.bills[new.invoice_id], new.returned - old.returned
            bill.returned += amount
            bill.parts[payment_id] = bill.parts.get(payment_id, 0) - amount
            bill.parts = {payment: left for payment, left in bill.parts.items() if left}
        went_back = before.left - after.left
        of_credit = after.credit_returned - before.credit_returned
        of_notes = self.take_credit_of_notes(before, went_back, of_credit)
        for old, new in zip(before.allocations, after.allocations, strict=True):
            assert new.returned - old.returned >= of_notes.get(new.invoice_id, 0)
        to_credit = (went_back if before.method == CUSTOMER_CREDIT else 0) - of_credit - sum(of_notes.values())
        self.add_credit(before.customer_id, before.currency, to_credit)

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

    def entries(self, customer: str, currency: str) -> list[LedgerEntry]:
        return self.ledger.entries(ACCOUNT, customer, currency, None, None)
