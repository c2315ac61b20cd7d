"""Pay an invoice from its customer's credit."""

from decimal import Decimal

from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import require, require_version
from invoicing.domain.invoices.settlement import exceeds_due, write_off_advice
from invoicing.domain.parties.account import Account
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Payment
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.ledger.bookkeeping import credit_of, date_entry, in_minor_units
from invoicing.operations.payments._booking import book_payment
from invoicing.operations.payments._payment_on import payment_on
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def apply_credit(
    uow: UnitOfWork, invoice_id: str, amount: Decimal | None = None, *, if_version: int | None = None
) -> Payment:
    """Pay ``amount`` in major units, or as much as is due and there is credit for.

    Amount due and credit shrink alike, so the balance stays. `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` for a
    draft or a cancelled invoice, ``NOTHING_TO_APPLY`` without an amount, when nothing is due or there is no credit, and
    as `entry_date`; `PreconditionFailed`; `ValidationFailed` ``AMOUNT_EXCEEDS_DUE``, ``AMOUNT_EXCEEDS_CREDIT``,
    ``AMOUNT_INVALID``.
    """
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE))
    invoice, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require_version(invoice, if_version)
    require(invoice, "pay")
    wanted = invoice.amount_due if amount is None else in_minor_units("amount", amount, invoice.currency)
    if wanted > invoice.amount_due:
        raise exceeds_due("amount", wanted, invoice)
    credit = credit_of(uow, invoice.buyer.id, invoice.currency)
    used = min(wanted, credit.amount) if amount is None else wanted
    if not used:
        raise _nothing(invoice)
    on = date_entry(uow, account, "payment_date", None)
    payment = payment_on(uow, account, invoice, used, CUSTOMER_CREDIT, on=on)
    return book_payment(uow, payment, (invoice,), credit).payment


def _nothing(invoice: Invoice) -> Conflict:
    """Make a `Conflict` about the invoice or the customer: no field is wrong."""
    no_credit = f"The customer has no credit in {invoice.currency}."
    why = no_credit if invoice.amount_due else f"The invoice has no amount due.{write_off_advice(invoice)}"
    return Conflict("NOTHING_TO_APPLY", why, status=str(invoice.status))
