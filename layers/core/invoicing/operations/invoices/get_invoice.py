"""Read an invoice; a draft as it would be issued now."""

from dataclasses import replace

from invoicing.domain.calendar import today
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import dated
from invoicing.domain.parties.customer import Customer
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def get_invoice(uow: UnitOfWork, invoice_id: str) -> Invoice:
    """Return the invoice, a draft `as_issued_now`. `NotFound` ``INVOICE_NOT_FOUND``."""
    return as_issued_now(uow, uow.get(Invoice, invoice_id))


def as_issued_now(uow: UnitOfWork, invoice: Invoice) -> Invoice:
    """Return a draft with the customer and the dates that it has if it is issued now, and any other invoice unchanged.

    The customer of a draft is one more request, unless it was prefetched.
    """
    if invoice.status is not Status.DRAFT:
        return invoice
    draft = dated(invoice, today(uow.now, invoice.time_zone))
    customer = uow.find(Customer, draft.buyer.id)
    return replace(draft, buyer=customer.as_buyer()) if customer else draft
