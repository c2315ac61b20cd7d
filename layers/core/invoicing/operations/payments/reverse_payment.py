"""Reverse a payment: its money never came (a bounced check), or it was recorded by mistake."""

from datetime import date

from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.parties.account import Account
from invoicing.domain.payments.payment import Payment, plan_reversal, reversed_payment
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.ledger.bookkeeping import date_entry
from invoicing.operations.payments._refunding import book_refund, books_of
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
    uow.prefetch((Payment, payment_id), (Account, PROFILE))
    payment, account = uow.get(Payment, payment_id), uow.get(Account, PROFILE)
    require_version(payment, if_version)
    books = books_of(uow, payment, ledger)
    planned = plan_reversal(payment, books.refundable_credit)
    on = date_entry(uow, account, "reversal_date", on, not_before=payment.payment_date)
    after = reversed_payment(payment, planned, reason, on, uow.now)
    book_refund(uow, after, planned, books, on=on)
    return after
