"""Payments: their allocations to invoices, the customer credit they create, refunds and reversals."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Conflict, Detail, RefundRefused
from invoicing.domain.money.amounts import to_major
from invoicing.domain.money.credit_lots import Lots
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.templates.template import TemplateRef

Method = Literal["cash", "check", "bank_transfer", "credit_card", "paypal", "other"]
"""The payment methods that clients can record."""

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without those that look alike (Crockford's base 32)
_LENGTH = 10  # 50 bits for the payments of one account and day

CUSTOMER_CREDIT = "customer_credit"
"""The method of a payment from customer credit, which only applying credit records."""


class PaymentStatus(StrEnum):
    """The status of a payment; ``reversed``: recorded by mistake, or its money never came (a bounced check)."""

    SUCCEEDED = "succeeded"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The amount that a payment paid of one invoice, in minor units; ``returned`` of it was refunded or reversed.

    ``invoice_number`` and ``still_due``, which is what was due on the invoice after it, are for people who read a
    receipt.
    """

    invoice_id: str
    invoice_number: str | None = None
    amount: int
    still_due: int | None = None
    returned: int = 0

    @property
    def left(self) -> int:
        """The amount still paid."""
        return self.amount - self.returned


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """A refund of a payment, in minor units; ``method`` is how the money went back.

    ``of_invoices`` are invoice ids and what it took of each, and ``of_credit`` is what it took of the payment's credit.
    ``exchange`` is the rate at which the money went back, None for the payment's.
    """

    id: str
    amount: int
    refund_date: date
    method: str
    of_invoices: tuple[tuple[str, int], ...] = ()
    of_credit: int = 0
    exchange: Exchange | None = None
    reason: str | None = None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A payment of one customer, in minor units of ``currency``; allocations and ``to_credit`` add up to ``amount``.

    A payment is never edited: a wrong one is refunded or reversed, and both stay visible. ``invoice_id`` is the invoice
    that it was recorded on, None when it was recorded for the customer. ``credit_returned`` is the part of
    ``to_credit`` that was refunded or reversed. ``discount_note_id`` is the credit note of the discount for early
    payment that it took. ``used_lots`` are what a payment from customer credit used, the oldest first, if any had tax;
    they stay when it is returned. ``buyer`` and ``seller`` are copied for its receipt, and ``template`` is the
    version that it is drawn with. ``exchange`` is the rate at which it counts in the account's currency.
    """

    account: str
    id: str
    version: int
    sequence: int = field(default=0, compare=False)  # an event alone is no change
    customer_id: str
    invoice_id: str | None = None
    currency: str
    amount: int
    method: str
    payment_date: date
    reference: str | None = None
    notes: str | None = None
    exchange: Exchange | None = None
    allocations: tuple[Allocation, ...] = ()
    to_credit: int = 0
    credit_returned: int = 0
    discount_note_id: str | None = None
    used_lots: Lots = ()
    refunds: tuple[Refund, ...] = ()
    status: PaymentStatus = PaymentStatus.SUCCEEDED
    buyer: Buyer
    seller: Seller
    template: TemplateRef | None = None
    time_zone: str
    locale: str
    created_at: datetime
    updated_at: datetime
    reversed_at: datetime | None = None
    reversal_date: date | None = None
    reversal_reason: str | None = None

    @property
    def receipt_number(self) -> str:
        """The number of the receipt."""
        return receipt_number(self.id, self.payment_date)

    @property
    def refunded_amount(self) -> int:
        """The sum of all refunds in minor units, without a reversal."""
        return sum(refund.amount for refund in self.refunds)

    @property
    def left(self) -> int:
        """The amount neither refunded nor reversed."""
        returned = sum(allocation.returned for allocation in self.allocations)
        return self.amount - returned - self.credit_returned


def receipt_number(payment_id: str, payment_date: date) -> str:
    """Return the number of a receipt, such as "R261103-SFB10PSMWE", which follows from the payment without a series."""
    value = int.from_bytes(hashlib.sha256(payment_id.encode()).digest()[:8])
    return f"R{payment_date:%y%m%d}-{''.join(_SIGNS[value >> 5 * place & 31] for place in range(_LENGTH))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundPlan:
    """The parts of a refund or reversal: of the payment's credit, and of what it paid of each invoice, in minor units.

    Of the part of an invoice, ``of_credit_notes`` is covered by customer credit that its credit notes made, so that
    this much of it does not become due again.
    """

    of_credit: int
    of_invoices: tuple[tuple[str, int], ...]
    of_credit_notes: Mapping[str, int] = field(default_factory=dict)

    @property
    def amount(self) -> int:
        """The sum of all parts."""
        return self.of_credit + sum(amount for _, amount in self.of_invoices)

    @property
    def credit_taken(self) -> int:
        """The customer credit that it takes."""
        return self.of_credit + sum(self.of_credit_notes.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundableCredit:
    """The customer's unused credit, and how much its credit notes made of it by invoice, in minor units.

    ``cancelled`` invoices cannot become due again. ``uses`` name what used the rest, for error messages.
    """

    unused: int
    of_credit_notes: Mapping[str, int] = field(default_factory=dict)
    cancelled: frozenset[str] = frozenset()
    uses: tuple[str, ...] = ()

    @property
    def named_uses(self) -> str:
        """The uses in parentheses, or an empty text."""
        return f" ({', '.join(self.uses)})" if self.uses else ""


def plan_refund(payment: Payment, amount: int | None, credit: RefundableCredit) -> RefundPlan:
    """Plan a refund: credit first, then the invoice paid last; ``amount`` None refunds all that is possible.

    Credit is that of the payment, then that of credit notes of its invoices: their debt ended with the note. Credit
    that was used since cannot be refunded; what a credit note covered is then due again, unless its invoice is
    cancelled: what was paid of that is nothing but credit.

    `RefundRefused` ``already_refunded`` when nothing is left, ``refund_amount_exceeded`` when the amount is too high.
    """
    if payment.left == 0:
        reversed_ = payment.status is PaymentStatus.REVERSED
        message = f"This payment has already been {'reversed' if reversed_ else 'refunded in full'}."
        raise RefundRefused("already_refunded", Detail("amount", message, "already_refunded"))
    planned = _plan(payment, payment.left if amount is None else amount, credit)
    if planned.amount == 0 or (amount is not None and planned.amount < amount):
        most = _plan(payment, payment.left, credit).amount
        raise _exceeded(payment, amount, most, credit)
    return planned


def plan_reversal(payment: Payment, credit: RefundableCredit) -> RefundPlan:
    """Plan a reversal of all that is left, in the order of a refund.

    `Conflict` ``INVALID_PAYMENT_STATE`` when that is not possible.
    """
    if payment.left == 0:
        raise _conflict(payment, f"Cannot reverse a payment in status {payment.status}.")
    planned = _plan(payment, payment.left, credit)
    if planned.amount < payment.left:
        used = f"The customer has used credit from this payment{credit.named_uses}"
        raise _conflict(payment, f"{used}; reverse that use first, or refund the rest.")
    return planned


def refunded(payment: Payment, planned: RefundPlan, refund: Refund, now: datetime) -> Payment:
    """Return the payment after a refund."""
    after = _returned(payment, planned, now)
    status = PaymentStatus.PARTIALLY_REFUNDED if after.left else PaymentStatus.REFUNDED
    return replace(after, refunds=(*payment.refunds, refund), status=status)


def reversed_payment(payment: Payment, planned: RefundPlan, reason: str, on: date, now: datetime) -> Payment:
    """Return the payment after its reversal, dated ``on``."""
    after = _returned(payment, planned, now)
    status = PaymentStatus.REVERSED
    return replace(after, status=status, reversed_at=now, reversal_date=on, reversal_reason=reason)


def require_not_reversed(payment: Payment) -> None:
    """Raise `Conflict` ``INVALID_PAYMENT_STATE`` for a reversed payment: its receipt would confirm what never came."""
    if payment.status is PaymentStatus.REVERSED:
        raise _conflict(payment, "The receipt of a reversed payment cannot be sent.")


def _plan(payment: Payment, amount: int, credit: RefundableCredit) -> RefundPlan:
    of_credit = min(amount, payment.to_credit - payment.credit_returned, credit.unused)
    paid = [(allocation.invoice_id, allocation.left) for allocation in reversed(payment.allocations)]
    covered = [(invoice_id, min(left, credit.of_credit_notes.get(invoice_id, 0))) for invoice_id, left in paid]
    of_notes = dict(allocate(min(amount, credit.unused) - of_credit, covered))
    rest = amount - of_credit - sum(of_notes.values())
    owing = [(invoice_id, left) for invoice_id, left in paid if invoice_id not in credit.cancelled]
    due_again = dict(allocate(rest, [(invoice_id, left - of_notes.get(invoice_id, 0)) for invoice_id, left in owing]))
    parts = [(invoice_id, of_notes.get(invoice_id, 0) + due_again.get(invoice_id, 0)) for invoice_id, _ in paid]
    return RefundPlan(
        of_credit=of_credit, of_invoices=tuple(part for part in parts if part[1]), of_credit_notes=of_notes
    )


def _returned(payment: Payment, planned: RefundPlan, now: datetime) -> Payment:
    parts = dict(planned.of_invoices)
    return replace(
        payment,
        version=payment.version + 1,
        updated_at=now,
        credit_returned=payment.credit_returned + planned.of_credit,
        allocations=tuple(
            replace(allocation, returned=allocation.returned + parts.get(allocation.invoice_id, 0))
            for allocation in payment.allocations
        ),
    )


def _exceeded(payment: Payment, amount: int | None, most: int, credit: RefundableCredit) -> RefundRefused:
    left = to_major(most, payment.currency)
    used = "" if most == payment.left else f" The customer has used the rest as credit{credit.named_uses}."
    given = None if amount is None else to_major(amount, payment.currency)
    message = f"At most {left} {payment.currency} of this payment can be refunded.{used}"
    return RefundRefused("refund_amount_exceeded", Detail("amount", message, "refund_amount_exceeded", given))


def _conflict(payment: Payment, message: str) -> Conflict:
    return Conflict("INVALID_PAYMENT_STATE", message, status=str(payment.status))


def allocate(amount: int, dues: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Distribute an amount over invoices in the order of ``dues`` (invoice id and amount due, minor units)."""
    parts: list[tuple[str, int]] = []
    for invoice_id, due in dues:
        part = min(amount, due)
        if part:
            parts.append((invoice_id, part))
            amount -= part
    return tuple(parts)
