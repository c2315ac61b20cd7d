"""Pay an invoice from its customer's credit."""

from decimal import Decimal

from invoicing.domain.errors import Conflict
from invoicing.domain.invoice import Invoice
from invoicing.domain.ledger import Movement
from invoicing.domain.lifecycle import require, require_version
from invoicing.domain.payment import CUSTOMER_CREDIT, Payment
from invoicing.domain.settlement import exceeds_due
from invoicing.operations.bookkeeping import change_credit, credit_of, in_minor_units
from invoicing.operations.get_invoice import get_invoice
from invoicing.operations.record_invoice_payment import book_payment, payment_on
from invoicing.operations.work import Work


def apply_credit(
    work: Work, invoice_id: str, amount: Decimal | None = None, *, if_version: int | None = None
) -> Payment:
    """The payment, of ``amount`` in major units or of as much as is due and there is credit for.

    The customer owes less, and has as much less credit: its balance stays. `NotFound`; `Conflict`
    ``INVALID_INVOICE_STATE`` for a draft or a cancelled invoice, ``NOTHING_TO_APPLY`` when no amount is given and
    there is none; `PreconditionFailed`; `ValidationFailed` ``AMOUNT_EXCEEDS_DUE``, ``AMOUNT_EXCEEDS_CREDIT``,
    ``AMOUNT_INVALID``.
    """
    invoice = get_invoice(work, invoice_id)
    require_version(invoice, if_version)
    require(invoice, "pay")
    used = None if amount is None else in_minor_units("amount", amount, invoice.currency)
    if used is not None and used > invoice.amount_due:
        raise exceeds_due("amount", used, invoice)
    credit = credit_of(work, invoice.buyer.id, invoice.currency)
    if used is None:
        used = min(invoice.amount_due, credit.amount)
    if not used:
        raise _nothing(invoice)
    change_credit(work, credit, -used)
    payment = payment_on(work, invoice, used, CUSTOMER_CREDIT)
    entry = {"amount": 0, "credit": -used, "document": invoice.number}
    book_payment(work, Movement.CREDIT_APPLIED, payment, (invoice,), **entry)
    return payment


def _nothing(invoice: Invoice) -> Conflict:
    """No field is wrong: it is the invoice, or the customer, that has nothing."""
    why = f"The customer has no credit in {invoice.currency}." if invoice.amount_due else "Nothing is due."
    return Conflict("NOTHING_TO_APPLY", why, status=str(invoice.status))
