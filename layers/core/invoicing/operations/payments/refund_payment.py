"""Refund a payment, in part or in full."""

from datetime import date
from decimal import Decimal

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.money.exchange import Exchange, exchange_at, require_rate
from invoicing.domain.parties.account import Account
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Method, Payment, Refund, plan_refund, refunded
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.ledger.bookkeeping import date_entry, in_minor_units
from invoicing.operations.payments._refunding import book_refund, books_of
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRefund:
    """The input of a refund, in major units; by default all that is possible, today, the way that it was paid.

    ``exchange_rate`` is that of its day, by default the payment's.
    """

    amount: Decimal | None = None
    method: Method | None = None
    refund_date: date | None = None
    exchange_rate: Decimal | None = None
    reason: str | None = None


def refund_payment(
    uow: UnitOfWork, payment_id: str, new: NewRefund, ledger: Ledger, *, if_version: int | None = None
) -> Payment:
    """Refund the payment, as its last refund; what no credit covers is due again on its invoices.

    `NotFound` ``PAYMENT_NOT_FOUND``; `PreconditionFailed`; `RefundRefused` as `plan_refund`; `ValidationFailed`
    ``AMOUNT_INVALID``, ``VALUE_INVALID`` for a method of refunded credit, ``RATE_INVALID`` for a rate of it and as
    `require_rate`, and as `entry_date`; `Conflict` as `entry_date`.
    """
    uow.prefetch((Payment, payment_id), (Account, PROFILE), (AccountReminders, REMINDERS))
    payment, account = uow.get(Payment, payment_id), uow.get(Account, PROFILE)
    require_version(payment, if_version)
    amount = None if new.amount is None else in_minor_units("amount", new.amount, payment.currency)
    books = books_of(uow, payment, ledger)
    planned = plan_refund(payment, amount, books.refundable_credit)
    on = date_entry(uow, account, "refund_date", new.refund_date, not_before=payment.payment_date)
    refund = Refund(
        id=uow.new_id("refund"),
        amount=planned.amount,
        refund_date=on,
        method=_method(payment, new.method),
        of_invoices=planned.of_invoices,
        of_credit=planned.of_credit,
        exchange=_exchange(payment, account, new.exchange_rate, on),
        reason=new.reason,
        created_at=uow.now,
    )
    after = refunded(payment, planned, refund, uow.now)
    book_refund(uow, after, planned, books, account=account, on=on, refund=refund)
    return after


def _method(payment: Payment, given: str | None) -> str:
    """Return how the money goes back; applied credit becomes credit again, whatever a client would like."""
    if given is not None and payment.method == CUSTOMER_CREDIT:
        message = "refund_method cannot be chosen: the refund of applied credit gives the credit back."
        raise ValidationFailed(Detail("refund_method", message, "VALUE_INVALID", given))
    return given or payment.method


def _exchange(payment: Payment, account: Account, given: Decimal | None, on: date) -> Exchange | None:
    """Return the rate at which money goes back, where it has one of its own; applied credit is no money."""
    if given is None:
        return None
    if payment.method == CUSTOMER_CREDIT:
        message = "exchange_rate must be left out: the refund of applied credit gives credit back, and no money."
        raise ValidationFailed(Detail("exchange_rate", message, "RATE_INVALID", given))
    require_rate(payment.currency, account.currency, given)
    return exchange_at(payment.currency, account.currency, given=given, on=on, rates=None, time_zone=account.time_zone)
