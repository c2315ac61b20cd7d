"""Show an invoice of a customer in its portal."""

from invoicing.domain.errors import not_found
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued
from invoicing.operations.pages._opening import open_portal
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def view_portal_invoice(uow: UnitOfWork, token: str, invoice_id: str) -> Invoice:
    """Return an issued invoice of the customer; nothing counts as viewed, as reading the portal changes nothing.

    `NotFound` as `open_portal`, and the same ``INVOICE_NOT_FOUND`` for a draft, an invoice of another customer and one
    that there is not.
    """
    opened = open_portal(uow, token)
    invoice = opened.uow.find(Invoice, invoice_id)
    if invoice is None or invoice.buyer.id != opened.customer.id or not is_issued(invoice):
        raise not_found("Invoice", invoice_id)
    return invoice
