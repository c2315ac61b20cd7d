"""Refund a payment, in part or in full."""

from dataclasses import dataclass
from decimal import Decimal

from invoicing.domain.ledger import Movement
from invoicing.domain.lifecycle import require_version
from invoicing.domain.payment import Payment, Refund, plan_refund, refunded
from invoicing.operations.bookkeeping import in_minor_units
from invoicing.operations.get_payment import get_payment
from invoicing.operations.returning import books_of, return_payment
from invoicing.operations.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRefund:
    """A refund as a client gives it, in major units; without an amount it is all that can go back."""

    amount: Decimal | None = None
    reason: str | None = None


def refund_payment(work: Work, payment_id: str, new: NewRefund, *, if_version: int | None = None) -> Payment:
    """The payment, whose last refund is this one; its invoices are owed again.

    `NotFound` ``PAYMENT_NOT_FOUND``; `PreconditionFailed`; `RefundRefused` as `plan_refund`; `ValidationFailed`
    ``AMOUNT_INVALID``.
    """
    payment = get_payment(work, payment_id)
    require_version(payment, if_version)
    amount = None if new.amount is None else in_minor_units("amount", new.amount, payment.currency)
    books = books_of(work, payment)
    planned = plan_refund(payment, amount, books.credit.amount)
    refund = Refund(id=work.new_id("refund"), amount=planned.amount, reason=new.reason, created_at=work.now)
    after = refunded(payment, planned, refund, work.now)
    return_payment(work, after, planned, books, movement=Movement.REFUND, event="payment.refunded")
    return after
