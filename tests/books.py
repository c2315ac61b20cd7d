"""Invoices and payments made by their use cases, and what must hold of a customer's books after any of them."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import is_issued
from invoicing.domain.ledger.entry import Credit, LedgerEntry, Movement
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Allocation, Payment
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.payments._booking import book_payment
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.builders import ACCOUNT, NOW, PAGE_URL, a_line, a_new_invoice, a_payment
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office


def issue(office: Office, price: str = "100", *, due_in: int = 30, **overrides: Any) -> Invoice:
    """An invoice of one line, sent, due in so many days."""
    due_date = (NOW + timedelta(days=due_in)).date()
    new = a_new_invoice(a_line("1", price), **{"due_date": due_date, "issue_date": None} | overrides)
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))


def pay(office: Office, invoice: Invoice, amount: str, **overrides: Any) -> Payment:
    """A payment of an invoice in major units; what is too much becomes credit."""
    new = replace(NewPayment(amount=Decimal(amount), method="cash", allow_overpayment=True), **overrides)
    return office.run_use_case(lambda uow: record_invoice_payment(uow, invoice.id, new))


def pay_with_credit(office: Office, store: FakeStore, invoice: Invoice, amount: int) -> Payment:
    """A payment from the customer's credit, in minor units, and the entry that says so."""
    part = Allocation(invoice_id=invoice.id, invoice_number=invoice.number, amount=amount)
    payment = a_payment(
        id=office.ids.new_id("pay"), invoice_id=invoice.id, amount=amount, method=CUSTOMER_CREDIT, allocations=(part,)
    )

    def apply(uow: UnitOfWork) -> Payment:
        return book_payment(uow, payment, (uow.get(Invoice, invoice.id),)).payment

    return office.run_use_case(apply)


def credit_note(office: Office, invoice: Invoice, quantity: str | None = None) -> CreditNote:
    """A credit note of so much of the first line, or of all that is left."""
    items = None if quantity is None else (CreditItem(invoice.lines[0].id, Decimal(quantity)),)
    new = NewCreditNote(reason="Returned", items=items)
    return office.run_use_case(lambda uow: create_credit_note(uow, invoice.id, new, page_url=PAGE_URL))


def ledger_of(office: Office) -> FakeLedger:
    """The ledger of an office whose store is in memory."""
    assert isinstance(office.store, FakeStore)
    return FakeLedger(office.store)


def current(store: FakeStore, entity: Any) -> Any:
    """An entity as it is now."""
    return store.find(Ref(type(entity), ACCOUNT, entity.id))


def entries(store: FakeStore, movement: Movement) -> list[tuple[int, int]]:
    """Amount and credit of each entry of a kind."""
    return [(entry.amount, entry.credit) for entry in store.all(LedgerEntry) if entry.movement is movement]


def credit(store: FakeStore) -> int:
    """The credit of all customers, in minor units."""
    return sum(each.amount for each in store.all(Credit))


def assert_books_balance(store: FakeStore) -> None:
    """What the ledger says is what the invoices and the credit say, for each customer and currency."""
    invoices = [invoice for invoice in store.all(Invoice) if is_issued(invoice)]
    owners = {(entry.account, entry.customer_id, entry.currency) for entry in store.all(LedgerEntry)}
    owners |= {(invoice.account, invoice.buyer.id, invoice.currency) for invoice in invoices}
    for owner in owners:
        booked = [each for each in store.all(LedgerEntry) if (each.account, each.customer_id, each.currency) == owner]
        due = sum(each.amount_due for each in invoices if (each.account, each.buyer.id, each.currency) == owner)
        kept = [each for each in store.all(Credit) if (each.account, each.customer_id, each.currency) == owner]
        have = sum(each.amount for each in kept)
        assert sum(entry.credit for entry in booked) == have >= 0
        assert sum(entry.amount for entry in booked) == due - have


@dataclass
class Bill:
    """What the model knows of an invoice: sums of what was done to it, in minor units, and how it was last unpaid."""

    total: int
    due_date: date
    paid: int = 0
    returned: int = 0
    credited: int = 0
    to_customer: int = 0
    written_off: int = 0
    viewed: bool = False
    unpaid: Status = Status.SENT
    cancelled: bool = False
    parts: dict[str, int] = field(default_factory=dict)

    @property
    def due(self) -> int:
        if self.cancelled:
            return 0
        return self.total - self.paid + self.returned - self.credited - self.written_off

    def undo_write_off(self, today: date) -> None:
        """What is due again after its due date is overdue at once; what was due all the time waits for a tick."""
        self.written_off = 0
        if self.due_date < today:
            self.unpaid = Status.OVERDUE

    def status(self, today: date) -> Status:
        """The state by the amounts; remembers the state before the first payment."""
        if self.cancelled:
            return Status.CANCELLED
        if self.due == 0 or self.paid > self.returned:
            late = Status.OVERDUE if self.due_date < today else Status.VIEWED if self.viewed else Status.SENT
            self.unpaid = late
            return Status.PAID if self.due == 0 else Status.PARTIALLY_PAID
        return self.unpaid
