"""Early-payment discounts in responses."""

from typing import TypedDict

from invoicing.domain.invoices.early_payment import last_day, offers_of
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, decimal, number


class EarlyPaymentDiscountOutput(TypedDict):
    """A discount for a payment dated ``until`` a day; ``amount`` is what it leaves to pay, null when none can be taken.

    ``discount`` is what it takes off the amount due.
    """

    percent: Number
    days: int
    until: str
    discount: Number | None
    amount: Number | None


def early_payment_discounts_output(invoice: Invoice) -> list[EarlyPaymentDiscountOutput]:
    """Return the discounts of an invoice, with the amounts that they come to now."""
    if not invoice.early_payment_discounts:
        return []
    offers = {(offer.percent, offer.days): offer for offer in offers_of(invoice)}
    found = []
    for percent, days in invoice.early_payment_discounts:
        offer = offers.get((percent, days))
        found.append(
            EarlyPaymentDiscountOutput(
                percent=decimal(percent),
                days=days,
                until=last_day(invoice, days).isoformat(),
                discount=number(written(offer.discount, invoice.currency)) if offer else None,
                amount=number(written(offer.amount, invoice.currency)) if offer else None,
            )
        )
    return found
