"""Write off an invoice."""

from datetime import date
from decimal import Decimal

from invoicing.domain.events.invoices import INVOICE_WRITTEN_OFF
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import require, require_version
from invoicing.domain.invoices.settlement import WRITE_OFF_FIELDS, write_off
from invoicing.domain.ledger.entry import Movement
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.ledger.bookkeeping import book_invoice, date_entry, in_minor_units, save_changed
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def write_off_invoice(
    uow: UnitOfWork,
    invoice_id: str,
    reason: str | None,
    amount: Decimal | None = None,
    *,
    on: date | None = None,
    if_version: int | None = None,
) -> Invoice:
    """Write off ``amount`` in major units, or all that is due, by default today; ``reason`` is for the own records.

    A write-off is no payment: ``amount_paid`` stays, and no event says that the invoice was paid. `NotFound`;
    `Conflict` ``INVALID_INVOICE_STATE`` when nothing is due, and as `entry_date`; `PreconditionFailed`;
    `ValidationFailed` ``AMOUNT_EXCEEDS_DUE``, ``AMOUNT_INVALID``, and as `entry_date`.
    """
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE))
    invoice, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require_version(invoice, if_version)
    require(invoice, "write_off")
    on = date_entry(uow, account, "write_off_date", on, not_before=invoice.issue_date)
    part = None if amount is None else in_minor_units("amount", amount, invoice.currency)
    lost = write_off(invoice, reason, on, uow.now, amount=part)
    book_invoice(uow, Movement.WRITE_OFF, invoice, on, lost.amount_due - invoice.amount_due)
    save_changed(uow, invoice, lost, WRITE_OFF_FIELDS, INVOICE_WRITTEN_OFF)
    return lost
