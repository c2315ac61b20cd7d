"""Record a payment of an invoice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.early_payment import discount_taken
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import require, require_version
from invoicing.domain.invoices.settlement import exceeds_due
from invoicing.domain.parties.account import Account
from invoicing.domain.payments.payment import Method, Payment
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.ledger.bookkeeping import date_entry, in_minor_units
from invoicing.operations.payments._booking import book_payment
from invoicing.operations.payments._exchange import exchange_of_payment
from invoicing.operations.payments._payment_on import payment_on
from invoicing.operations.payments._warnings import warn_if_repeated, warn_if_written_off
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayment:
    """The input of a payment, in major units; ``payment_date`` defaults to today.

    ``exchange_rate`` is units of the payment's currency for one of the account's own, at the payment's date.
    ``take_discount`` None takes the early-payment discount that the amount pays exactly. With ``send_receipt``, the
    customer gets the receipt by e-mail.
    """

    amount: Decimal
    method: Method
    payment_date: date | None = None
    reference: str | None = None
    notes: str | None = None
    exchange_rate: Decimal | None = None
    allow_overpayment: bool = False
    take_discount: bool | None = None
    send_receipt: bool = False


def reads_of(invoice_id: str) -> list[tuple[type, str]]:
    """Return what `record_invoice_payment` reads for a payment."""
    return [(Invoice, invoice_id), (Account, PROFILE)]


def record_invoice_payment(
    uow: UnitOfWork, invoice_id: str, new: NewPayment, *, if_version: int | None = None
) -> Payment:
    """Record the payment; what exceeds the amount due becomes customer credit, where that is allowed.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` for a draft or a cancelled invoice, and as `entry_date`;
    `PreconditionFailed`; `ValidationFailed` ``AMOUNT_EXCEEDS_DUE``, ``AMOUNT_INVALID``, ``RATE_INVALID``, and as
    `entry_date` and `discount_taken`.
    """
    uow.prefetch(*reads_of(invoice_id))
    invoice, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require_version(invoice, if_version)
    require(invoice, "pay")
    amount = in_minor_units("amount", new.amount, invoice.currency)
    on = date_entry(uow, account, "payment_date", new.payment_date)
    version, note_id = invoice.version, None
    if offer := discount_taken(invoice, amount, on, wanted=new.take_discount):
        from invoicing.operations.payments._early_payment import take_discount  # noqa: PLC0415

        invoice, note_id = take_discount(uow, invoice, account, offer, on)
    if amount > invoice.amount_due and not new.allow_overpayment:
        raise exceeds_due("amount", amount, invoice)
    exchange = exchange_of_payment(uow, account, invoice.currency, invoices=(invoice,), rate=new.exchange_rate, on=on)
    payment = payment_on(
        uow,
        account,
        invoice,
        amount,
        new.method,
        on=on,
        reference=new.reference,
        notes=new.notes,
        discount_note_id=note_id,
        exchange=exchange,
    )
    warn_if_repeated(uow, payment, invoice, payment.amount)
    warn_if_written_off(uow, payment, invoice)
    # Credited and paid is one change: the payment must not count another version.
    book_payment(uow, payment, (replace(invoice, version=version),), send_receipt=new.send_receipt)
    return payment
