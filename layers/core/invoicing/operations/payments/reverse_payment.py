"""Reverse a payment: its money never came (a bounced check), or it was recorded by mistake."""

from dataclasses import replace
from datetime import date

from invoicing.domain.invoices.invoice import Status
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.ledger.entry_date import is_locked
from invoicing.domain.parties.account import Account
from invoicing.domain.payments.payment import Payment, plan_reversal, reversed_payment
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.ledger.bookkeeping import date_entry, hold_open
from invoicing.operations.payments._refunding import Books, book_refund, books_of
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def reverse_payment(
    uow: UnitOfWork,
    payment_id: str,
    reason: str,
    ledger: Ledger,
    *,
    on: date | None = None,
    if_version: int | None = None,
) -> Payment:
    """Reverse all that is left of the payment, by default today; what no credit covers is due again on its invoices.

    `NotFound` ``PAYMENT_NOT_FOUND``; `PreconditionFailed`; `Conflict` ``INVALID_PAYMENT_STATE`` when nothing is left of
    it, or its credit was used, and as `entry_date`; `ValidationFailed` as `entry_date`.
    """
    uow.prefetch((Payment, payment_id), (Account, PROFILE), (AccountReminders, REMINDERS))
    payment, account = uow.get(Payment, payment_id), uow.get(Account, PROFILE)
    require_version(payment, if_version)
    books = books_of(uow, payment, ledger)
    planned = plan_reversal(payment, books.refundable_credit)
    on = date_entry(uow, account, "reversal_date", on, not_before=payment.payment_date)
    after = reversed_payment(payment, planned, reason, on, uow.now)
    if payment.discount_note_id and any(
        amount > planned.of_credit_notes.get(of, 0) for of, amount in planned.of_invoices
    ):
        books = _without_discount(uow, books, payment.discount_note_id, account, on)
    book_refund(uow, after, planned, books, account=account, on=on)
    return after


def _without_discount(uow: UnitOfWork, books: Books, note_id: str, account: Account, on: date) -> Books:
    """Void the credit note of the discount that the payment took, as it is due again with the rest; one request.

    A note of a locked period stays, with a warning, and so does that of a cancelled invoice.
    """
    from invoicing.domain.credit_notes.credit_note import CreditNote  # noqa: PLC0415
    from invoicing.operations.payments._early_payment import undo_discount  # noqa: PLC0415

    note = uow.get(CreditNote, note_id)
    invoice = books.invoices[note.invoice_id]
    if invoice.status is Status.CANCELLED:
        return books
    if is_locked(account, note.issue_date):
        message = f"The early-payment discount stays credited by {note.number}, whose period is locked."
        uow.warn("payment_id", "DISCOUNT_KEPT", message)
        return books
    hold_open(uow, account, note.issue_date)
    # Due again and reversed is one change: the reversal counts its version, and decides its status.
    undone = replace(
        undo_discount(uow, invoice, note, account, on),
        version=invoice.version,
        status=invoice.status,
        next_overdue_at=invoice.next_overdue_at,
        overdue_at=invoice.overdue_at,
    )
    return replace(books, invoices={**books.invoices, invoice.id: undone})
