"""Reverse a payment: its money never came (a bounced check), or it should not have been recorded."""

from invoicing.domain.ledger import Movement
from invoicing.domain.lifecycle import require_version
from invoicing.domain.payment import Payment, plan_reversal, reversed_payment
from invoicing.operations.get_payment import get_payment
from invoicing.operations.returning import books_of, return_payment
from invoicing.operations.work import Work


def reverse_payment(work: Work, payment_id: str, reason: str, *, if_version: int | None = None) -> Payment:
    """The payment, of which nothing is left; what it paid is owed again.

    `NotFound` ``PAYMENT_NOT_FOUND``; `PreconditionFailed`; `Conflict` ``INVALID_PAYMENT_STATE`` when nothing is left of
    it, or the credit that it gave was used.
    """
    payment = get_payment(work, payment_id)
    require_version(payment, if_version)
    books = books_of(work, payment)
    planned = plan_reversal(payment, books.credit.amount)
    after = reversed_payment(payment, planned, reason, work.now)
    return_payment(work, after, planned, books, movement=Movement.REVERSAL, event="payment.reversed")
    return after
