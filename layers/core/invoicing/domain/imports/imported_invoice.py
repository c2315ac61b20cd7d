"""Invoices that another system issued: own number and dates, what was paid, and the figures they were sent with."""

from datetime import date
from decimal import Decimal
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.payments.payment import Method

MOST_PAYMENTS = 10
"""The most payments of an imported invoice: they are in one transaction with it."""

ImportedStatus = Literal["sent", "partially_paid", "paid", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPayment:
    """A payment in major units; an ``amount`` of None is all that is due, and where nothing is due, there is none.

    Errors name the fields that gave it.
    """

    amount: Decimal | None
    on: date | None
    method: Method
    reference: str | None = None
    amount_field: str = "amount_paid"
    date_field: str = "paid_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedInvoice:
    """An invoice as its rows say it.

    ``status`` None follows from the payments. ``tax`` and ``total`` are those that it was issued with, in major units,
    None where the rows do not say. ``content`` is the hash of its rows.
    """

    new: NewInvoice
    number: str
    status: ImportedStatus | None = None
    payments: tuple[ImportedPayment, ...] = ()
    tax: Decimal | None = None
    total: Decimal | None = None
    content: str
