"""What must hold of the books and of the journal beside them."""

from datetime import date
from itertools import product

from hypothesis.stateful import invariant

from invoicing.operations.customers.get_customer_balance import get_customer_balance
from invoicing.operations.customers.get_customer_statement import Period, get_customer_statement
from tests.journal import Account, Owner, movements
from tests.operations.ledger.book_model import CURRENCIES, CUSTOMERS, BookModel


class JournalChecks(BookModel):
    """The journal balances, and says what the product says."""

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
            assert self.balance(owner) == (receivable, -credit)
            assert self.closing(owner) == (receivable + credit, -credit)

    def balance(self, owner: Owner) -> tuple[int, int]:
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
