"""Payment of a new invoice from its customer's credit, apart from issuing so that most invoices load no payments."""

from dataclasses import replace
from datetime import date

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Account
from invoicing.domain.payments.payment import CUSTOMER_CREDIT
from invoicing.operations.ledger.bookkeeping import credit_of
from invoicing.operations.payments._booking import book_payment
from invoicing.operations.payments._payment_on import payment_on
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def pay_from_credit(uow: UnitOfWork, issued: Invoice, account: Account, on: date) -> Invoice | None:
    """Pay an invoice that this transaction issues, as far as there is credit; None, and no write, without credit.

    The transaction holds the credit as it was read: of two invoices that want the same, one is retried. One request.
    """
    credit = credit_of(uow, issued.buyer.id, issued.currency)
    used = min(issued.amount_due, credit.amount)
    if not used:
        return None
    payment = payment_on(uow, account, issued, used, CUSTOMER_CREDIT, on=on)
    # Issued and paid is one change: the payment must not count another version.
    posted = book_payment(uow, payment, (replace(issued, version=issued.version - 1),), credit)
    return posted.invoices[0]
