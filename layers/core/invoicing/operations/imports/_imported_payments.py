"""What was paid of an imported invoice before."""

from collections.abc import Sequence
from dataclasses import replace

from invoicing.domain.calendar import today
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.events.payments import PAYMENT_CREATED, PAYMENT_SUCCEEDED
from invoicing.domain.imports.imported_invoice import ImportedPayment
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.settlement import exceeds_due
from invoicing.domain.ledger.entry_date import entry_date
from invoicing.domain.parties.account import Account
from invoicing.domain.payments.posting import post_payment
from invoicing.operations.ledger.bookkeeping import book_entry, in_minor_units
from invoicing.operations.payments._payment_on import payment_on
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def pay_imported(uow: UnitOfWork, issued: Invoice, payments: Sequence[ImportedPayment], account: Account) -> Invoice:
    """Book the payments at their own dates; return the invoice after them, in the version in which it is issued.

    The transaction that issues it already depends on the account, and so on the periods that it locked. `Conflict`
    ``PERIOD_LOCKED``; `ValidationFailed` ``DATE_INVALID``, ``AMOUNT_EXCEEDS_DUE``, ``AMOUNT_INVALID``,
    ``FIELD_REQUIRED``.
    """
    invoice = issued
    for given in payments:
        amount = invoice.amount_due
        if given.amount is not None:
            amount = in_minor_units(given.amount_field, given.amount, invoice.currency)
        if amount > invoice.amount_due:
            raise exceeds_due(given.amount_field, amount, invoice)
        if not amount:
            continue
        if given.on is None:
            message = f"{given.date_field} is required: it is the date of the payment in the books."
            raise ValidationFailed(Detail(given.date_field, message, "FIELD_REQUIRED"))
        on = entry_date(account, given.date_field, given.on, today(uow.now, account.time_zone))
        payment = payment_on(uow, account, invoice, amount, given.method, on=on, reference=given.reference)
        # Issued and paid is one change: a payment must not count another version.
        posted = post_payment(payment, (invoice,), None, entry_id=uow.new_id("ent"), now=uow.now)
        invoice = replace(posted.invoices[0], version=issued.version)
        book_entry(uow, posted.entry)
        uow.changes.save(payment)
        uow.record(PAYMENT_CREATED, payment)
        uow.record(PAYMENT_SUCCEEDED, payment)
    return invoice
