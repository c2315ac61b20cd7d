"""The books of an issued invoice that is cancelled without a credit note, shared by voiding and revising."""

from invoicing.domain.calendar import today
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.cash_tax import cash_taxes
from invoicing.domain.ledger.entry import Movement
from invoicing.domain.ledger.entry_date import require_open
from invoicing.domain.parties.account import Account
from invoicing.operations.ledger.bookkeeping import book_invoice, hold_open
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def book_void(uow: UnitOfWork, invoice: Invoice, account: Account) -> None:
    """Write the ledger entry that takes the invoice, as it is before that, out of revenue and tax.

    `Conflict` ``PERIOD_LOCKED`` when it is dated in a locked period, whose revenue and tax would change.
    """
    require_open(account, invoice.issue_date, "Void it with a credit note instead" if invoice.total else None)
    hold_open(uow, account, invoice.issue_date)
    on = max(today(uow.now, account.time_zone), invoice.issue_date)
    book_invoice(uow, Movement.VOID, invoice, on, -invoice.amount_due, cash_taxes=cash_taxes([(invoice, None)]))
