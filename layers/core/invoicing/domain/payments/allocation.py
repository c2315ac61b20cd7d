"""Allocation of a payment: to the invoices that the client names, or to those due first."""

from collections.abc import Sequence

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import possible_actions
from invoicing.domain.invoices.settlement import exceeds_due
from invoicing.domain.money.amounts import to_major

MOST_INVOICES = 30
"""The most invoices of one payment: each needs two of the 100 writes of its transaction, itself and its event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRequest:
    """The part of a payment that a client allocates to an invoice, in minor units."""

    invoice_id: str
    amount: int


def check_allocations(
    requests: Sequence[AllocationRequest],
    invoices: Sequence[Invoice | None],
    customer_id: str,
    currency: str,
    amount: int,
) -> None:
    """Raise `ValidationFailed` that names every impossible allocation; ``invoices`` are in their order.

    Each invoice must be of this customer, in this currency, payable, and have at least the allocated amount due; the
    allocations add up to at most ``amount``.
    """
    wrong = [
        detail
        for number, (request, invoice) in enumerate(zip(requests, invoices, strict=True))
        if (detail := _wrong(f"allocations[{number}]", request, invoice, customer_id, currency))
    ]
    if wrong:
        raise ValidationFailed(*wrong)
    together = sum(request.amount for request in requests)
    if together > amount:
        message = f"allocations must add up to at most amount; they add up to {to_major(together, currency)}."
        raise ValidationFailed(Detail("allocations", message, "ALLOCATIONS_EXCEED_AMOUNT"))


def check_once(invoice_ids: Sequence[str]) -> None:
    """Raise `ValidationFailed` ``INVOICE_REPEATED`` when an invoice is named twice."""
    wrong = [
        Detail(field, f"{field} repeats an invoice; name each invoice once.", "INVOICE_REPEATED", invoice_id)
        for number, invoice_id in enumerate(invoice_ids)
        if invoice_id in invoice_ids[:number] and (field := f"allocations[{number}].invoice_id")
    ]
    if wrong:
        raise ValidationFailed(*wrong)


def check_rest(amount: int, allocated: int, currency: str) -> None:
    """Raise `ValidationFailed` ``AMOUNT_EXCEEDS_DUE`` when a payment exceeds its allocations."""
    if amount > allocated:
        given, paid = to_major(amount, currency), to_major(allocated, currency)
        message = f"amount exceeds the {paid} {currency} due; reduce it or set allow_overpayment to true."
        raise ValidationFailed(Detail("amount", message, "AMOUNT_EXCEEDS_DUE", given), code="AMOUNT_EXCEEDS_DUE")


def too_many_invoices() -> ValidationFailed:
    """Make a `ValidationFailed` ``TOO_MANY_INVOICES`` for an amount that would pay more than `MOST_INVOICES`."""
    message = f"amount pays more than {MOST_INVOICES} invoices; record several payments or name the invoices."
    return ValidationFailed(Detail("amount", message, "TOO_MANY_INVOICES"), code="TOO_MANY_INVOICES")


def _wrong(
    field: str, request: AllocationRequest, invoice: Invoice | None, customer_id: str, currency: str
) -> Detail | None:
    place = f"{field}.invoice_id"
    if invoice is None:
        return Detail(place, f"{place} does not name an existing invoice.", "INVOICE_NOT_FOUND", request.invoice_id)
    if invoice.buyer.id != customer_id:
        message = f"{place} names an invoice of another customer."
        return Detail(place, message, "INVOICE_OF_OTHER_CUSTOMER", request.invoice_id)
    if invoice.currency != currency:
        message = f"{place} names an invoice in {invoice.currency}, but the payment is in {currency}."
        return Detail(place, message, "CURRENCY_MISMATCH", request.invoice_id)
    if "pay" not in possible_actions(invoice):
        message = f"{place} names an invoice in status {invoice.status}, which cannot be paid."
        return Detail(place, message, "INVALID_INVOICE_STATE", request.invoice_id)
    if request.amount > invoice.amount_due:
        return exceeds_due(f"{field}.amount", request.amount, invoice).details[0]
    return None
