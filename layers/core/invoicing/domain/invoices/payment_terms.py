"""Payment terms: the due date and the early-payment discount that follow from their wording.

Understood are, in any case and spacing, ``14 days``, ``Net 30``, ``Net 30 days``, each also with ``EOM`` (counted from
the end of the month of issue), ``EOM`` alone, ``2/10 Net 30`` (2 % off within 10 days), ``COD`` and ``Due on receipt``.
All other wording is free text, of which nothing follows.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from invoicing.domain.errors import Detail, ValidationFailed

_DISCOUNT = r"(?P<percent>\d{1,2}(?:\.\d{1,4})?)\s*/\s*(?P<within>\d{1,3})\s*(?=net)"
_DAYS = r"(?:net\s*(?P<net>\d{1,3})(?:\s*days?)?|(?P<days>\d{1,3})\s*days?)"
_COUNTED = re.compile(rf"\s*(?:{_DISCOUNT})?{_DAYS}(?P<eom>\s*eom)?\s*", re.IGNORECASE)


class EarlyPaymentDiscount(NamedTuple):
    """``percent`` per cent off for a payment within ``days`` days of the issue date."""

    percent: Decimal
    days: int


class PaymentTerms(NamedTuple):
    """Terms that are understood: due ``days`` days after the issue date, or after the end of its month.

    ``on_delivery`` terms are due at once, because the goods are paid when they are delivered.
    """

    days: int
    end_of_month: bool = False
    early_payment_discounts: tuple[EarlyPaymentDiscount, ...] = ()
    on_delivery: bool = False

    def due_date(self, issue_date: date) -> date:
        """Return the day on which payment is due; `OverflowError` after the year 9999."""
        begin = issue_date
        if self.end_of_month:
            begin = issue_date.replace(day=monthrange(issue_date.year, issue_date.month)[1])
        return begin + timedelta(days=self.days)


_WORDS = {
    "due on receipt": PaymentTerms(0),
    "due upon receipt": PaymentTerms(0),
    "immediate": PaymentTerms(0),
    "immediately": PaymentTerms(0),
    "cod": PaymentTerms(0, on_delivery=True),
    "eom": PaymentTerms(0, end_of_month=True),
}


def read_terms(wording: str) -> PaymentTerms | None:
    """Return what the wording says, or None for free text.

    A discount must end by the due date and be above 0 %, and the common readings of one with ``EOM`` differ, so such
    wording is free text too.
    """
    found = _COUNTED.fullmatch(wording)
    if found is None:
        return _WORDS.get(" ".join(wording.lower().split()))
    days = int(found["net"] or found["days"])
    if found["percent"] is None:
        return PaymentTerms(days, end_of_month=found["eom"] is not None)
    discount = EarlyPaymentDiscount(Decimal(found["percent"]), int(found["within"]))
    if found["eom"] or not discount.percent or discount.days > days:
        return None
    return PaymentTerms(days, early_payment_discounts=(discount,))


def discounts_of(
    given: tuple[EarlyPaymentDiscount, ...] | None, payment_terms: str | None
) -> tuple[EarlyPaymentDiscount, ...]:
    """Return the early-payment discounts of an invoice: those given, else those of its terms."""
    if given is not None:
        return given
    terms = read_terms(payment_terms) if payment_terms and "/" in payment_terms else None
    return terms.early_payment_discounts if terms else ()


def invoice_dates(
    *, today: date, issue_date: date | None, due_date: date | None, payment_terms: str
) -> tuple[date, date]:
    """Return issue and due date. Without an issue date it is today, even when the due date has passed.

    `ValidationFailed` (``DATE_INVALID``) when the due date is before an issue date that is given, and when neither a
    due date nor terms that set one are given.
    """
    issued = issue_date or today
    if due_date is None:
        return issued, _due_date(issued, payment_terms)
    if issue_date is not None and due_date < issue_date:
        raise _invalid("due_date", "due_date must not be before issue_date.", due_date.isoformat())
    return issued, due_date


def _due_date(issued: date, payment_terms: str) -> date:
    terms = read_terms(payment_terms)
    if terms is None:
        raise _invalid("due_date", f"due_date is required: payment terms {payment_terms!r} do not set it.")
    try:
        return terms.due_date(issued)
    except OverflowError:
        message = "issue_date is too late: the due date would be after the year 9999."
        raise _invalid("issue_date", message, issued.isoformat()) from None


def _invalid(field: str, message: str, value: str | None = None) -> ValidationFailed:
    return ValidationFailed(Detail(field, message, "DATE_INVALID", value))
