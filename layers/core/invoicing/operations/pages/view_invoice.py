"""Show the hosted page of an invoice, log who opened it, and record when its customer first does."""

from invoicing.domain.errors import Gone, not_found
from invoicing.domain.events.invoices import INVOICE_VIEWED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued, mark_viewed
from invoicing.domain.invoices.page_link import PageLink, has_expired_link
from invoicing.domain.invoices.views import Client, InvoiceViews, Opened, View, with_view
from invoicing.operations.pages._of_link import unit_of_work_of
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def view_invoice(uow: UnitOfWork, token: str, client: Client | None, *, opened: Opened = "page") -> Invoice:
    """Return the invoice of a token, and log that ``client`` opened it; None for the account's own preview.

    Only a browser counts as the customer. `NotFound` ``INVOICE_NOT_FOUND`` for an unknown token and for one that was
    rotated; `Gone` ``HOSTED_LINK_EXPIRED``. The account of the unit of work is not used: the token names it.
    """
    link = uow.store.find(Ref(PageLink, "", token))
    if link is None:
        raise not_found("Invoice", token)
    uow = unit_of_work_of(uow, link.account, (Invoice, link.invoice_id), (InvoiceViews, link.invoice_id))
    invoice = uow.find(Invoice, link.invoice_id)
    if invoice is None or not is_issued(invoice) or invoice.page_token != token:
        raise not_found("Invoice", token)
    if has_expired_link(invoice, uow.real_now):
        raise Gone("HOSTED_LINK_EXPIRED", "This link has expired.")
    if client is None:
        return invoice
    view = View(at=uow.now, client=client, opened=opened, counted=client == "browser")
    uow.changes.save(with_view(uow.find(InvoiceViews, invoice.id), uow.account, invoice.id, view))
    first = mark_viewed(invoice, uow.now) if view.counted else None
    if first is None:
        return invoice
    uow.changes.save(first)
    uow.record(INVOICE_VIEWED, first)
    return first
