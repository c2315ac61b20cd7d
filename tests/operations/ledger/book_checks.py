"""What balances and statements must say, by the model of the books and by the journal beside them."""

from datetime import date, timedelta
from itertools import product

from hypothesis.stateful import invariant

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.statement import statement_of
from invoicing.operations.customers.get_customer_balance import get_customer_balance
from invoicing.operations.customers.get_customer_statement import Period, get_customer_statement
from tests.builders import NOW
from tests.journal import Account, Owner, movements
from tests.operations.ledger.book_model import CURRENCIES, CUSTOMERS, BookModel

DAY = timedelta(days=1)


class BookChecks(BookModel):
    """Ledger, balances and statements are those of the model and of the journal, which balances."""

    @invariant()
    def the_journal_is_the_ledger(self) -> None:
        """Receivable of each invoice, and by day what each customer owes and its credit."""
        for invoice_id in self.bills:
            assert self.journal.of_invoices[invoice_id, Account.RECEIVABLE] == self.stored(invoice_id).amount_due
        for owner in product(CUSTOMERS, CURRENCIES):
            assert self.journal.movements(owner) == movements(self.entries(*owner))

    @invariant()
    def the_journal_is_balance_and_statement(self) -> None:
        """Of those of whom something was posted since they were compared."""
        for owner in self.journal.changed():
            assert sum(self.journal.sums[owner, account] for account in Account) == 0
            receivable, credit = (self.journal.sums[owner, of] for of in (Account.RECEIVABLE, Account.CUSTOMER_CREDIT))
            assert self.balance_of(owner) == (receivable, -credit)
            assert self.closing(owner) == (receivable + credit, -credit)

    @invariant()
    def statements_are_the_ledger(self) -> None:
        """In two halves and as a whole; the balance is what is due less the credit there is."""
        for customer in CUSTOMERS:
            for currency in CURRENCIES:
                entries = self.entries(customer, currency)
                due = sum(
                    self.bills[invoice.id].due
                    for invoice in self.store.all(Invoice)
                    if (invoice.buyer.id, invoice.currency) == (customer, currency)
                )
                cut = NOW.date() + timedelta(days=20)
                carried = self.carried.get(customer, self.nothing_carried(customer))
                first, second, whole = (
                    statement_of(
                        customer_id=customer, currency=currency, start=start, end=end, carried=carried, entries=entries
                    )
                    for start, end in ((date.min, cut - DAY), (cut, date.max), (date.min, date.max))
                )
                credit = self.credit.get((customer, currency), 0)
                assert (first.opening_balance, first.closing_balance) == (0, second.opening_balance)
                assert second.closing_balance == whole.closing_balance == due - credit
                assert whole.closing_credit == credit
                assert first.lines + second.lines == whole.lines

    @invariant()
    def balances_are_what_the_bills_say(self) -> None:
        """Whatever is carried forward: due, overdue and open by the bills, and the credit by the model."""
        today = self.office.now.date()
        for customer in CUSTOMERS:
            for currency in CURRENCIES:
                bills = [
                    self.bills[invoice.id]
                    for invoice in self.store.all(Invoice)
                    if (invoice.buyer.id, invoice.currency) == (customer, currency)
                ]
                found = self.balance(customer, currency)
                assert found.amount_due == sum(bill.due for bill in bills)
                assert found.overdue == sum(bill.due for bill in bills if bill.due_date < today)
                assert found.open_invoices == sum(bill.due > 0 for bill in bills)
                assert found.credit == self.credit.get((customer, currency), 0)
                assert found.balance == found.amount_due - found.credit - found.post_dated

    @invariant()
    def credit_notes_never_exceed_their_invoice(self) -> None:
        for invoice in map(self.stored, self.bills):
            all_notes = [note for note in self.store.all(CreditNote) if note.invoice_id == invoice.id]
            notes = [note for note in all_notes if not note.voided_at]
            assert sum(note.total for note in notes) == invoice.amount_credited <= invoice.total
            assert all(note.amount_payable == note.applied_to_invoice + note.credited_to_customer for note in notes)

    def balance_of(self, owner: Owner) -> tuple[int, int]:
        """The amount due and the credit as the product's balance has them; one without amounts is left out."""
        customer, currency = owner
        found = get_customer_balance(self.office.uow(), customer, self.ledger).balances
        return next(((each.amount_due, each.credit) for each in found if each.currency == currency), (0, 0))

    def closing(self, owner: Owner) -> tuple[int, int]:
        """The closing balance and credit of a statement of all time."""
        customer, currency = owner
        period = Period(start=date.min, end=date.max, currency=currency)
        (statement,) = get_customer_statement(self.office.uow(), customer, period, self.ledger).statements
        return statement.closing_balance, statement.closing_credit
