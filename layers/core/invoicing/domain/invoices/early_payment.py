"""Discounts for early payment: what an invoice offers, and whether a payment takes one of them.

The discount is a percentage of what is not credited of the invoice's total, rounded once. A payment of the rest of the
amount due, dated in time, settles the invoice; a credit note over the discount corrects revenue and tax (Directive
2006/112/EC, art. 90).
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from invoicing.domain.calendar import days_after
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.amounts import written
from invoicing.domain.money.discounts import percent_of

MOST_DISCOUNTS = 3


class DiscountOffer(NamedTuple):
    """``discount`` off the amount due leaves ``amount``, both in minor units, for a payment dated ``until`` a day."""

    percent: Decimal
    days: int
    until: date
    discount: int
    amount: int


def offers_of(invoice: Invoice) -> tuple[DiscountOffer, ...]:
    """Return the discounts of an invoice as they would be taken now, whatever day it is; none when nothing is due.

    None also where the discount is not less than the amount due or what is not credited, and after a write-off.
    """
    if invoice.amount_written_off:
        return ()
    return _offers(invoice, invoice.total - invoice.amount_credited, invoice.amount_due)


def printed_offers(invoice: Invoice) -> tuple[DiscountOffer, ...]:
    """Return the discounts that an invoice is issued with: what was paid or credited since changes no document."""
    return _offers(invoice, invoice.total, invoice.amount_payable)


def last_day(invoice: Invoice, days: int) -> date:
    """Return the last day of a discount for payment within so many days of the issue date."""
    return days_after(invoice.issue_date, days)


def _offers(invoice: Invoice, base: int, due: int) -> tuple[DiscountOffer, ...]:
    found = []
    for percent, days in invoice.early_payment_discounts:
        discount = percent_of(percent, base, invoice.rounding)
        if 0 < discount < min(base, due):
            found.append(DiscountOffer(percent, days, last_day(invoice, days), discount, due - discount))
    return tuple(found)


def discount_taken(invoice: Invoice, amount: int, on: date, *, wanted: bool | None) -> DiscountOffer | None:
    """Return the discount that a payment takes: the one that it pays exactly, or the highest in time where ``wanted``.

    ``amount`` in minor units. What was paid before must have been in time too. `ValidationFailed`
    ``DISCOUNT_UNAVAILABLE`` and ``AMOUNT_INVALID`` where one is wanted and cannot be taken.
    """
    if wanted is False:
        return None
    offers = offers_of(invoice)
    last = max([on, *(part.payment_date for part in invoice.payments if part.amount > part.returned)])
    in_time = [offer for offer in offers if last <= offer.until]
    if not wanted:
        return next((offer for offer in in_time if offer.amount == amount), None)
    if not in_time:
        raise _unavailable(invoice, offers)
    best = max(in_time, key=lambda offer: offer.percent)
    if amount < best.amount:
        least = written(best.amount, invoice.currency)
        message = f"amount must be {least}, the amount due less the discount of {best.percent.normalize():f} %."
        raise ValidationFailed(Detail("amount", message, "AMOUNT_INVALID"))
    return best


def _unavailable(invoice: Invoice, offers: Sequence[DiscountOffer]) -> ValidationFailed:
    message = "take_discount must be false: no early-payment discount can be taken on this invoice."
    if offers:
        last = max(offers, key=lambda offer: offer.until)
        due = f"{written(invoice.amount_due, invoice.currency)} {invoice.currency}"
        percent = f"{last.percent.normalize():f} %"
        message = f"take_discount must be false: the discount of {percent} ended on {last.until}, and {due} is due."
    return ValidationFailed(Detail("take_discount", message, "DISCOUNT_UNAVAILABLE", value=True))
