"""Read the PDF of an invoice: rendered once when issued, at each request for a draft."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.documents.invoice import INVOICE
from invoicing.operations.documents.stored_pdf import StoredPdf, stored_pdf
from invoicing.operations.invoices.get_invoice import as_issued_now
from invoicing.operations.unit_of_work.ports import ObjectStore
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

RenderInvoice = Callable[[Invoice], bytes]
"""Renders an invoice whose ``seller`` is set; the same invoice gives the same bytes."""


def get_invoice_pdf(uow: UnitOfWork, invoice_id: str, objects: ObjectStore, render: RenderInvoice) -> StoredPdf:
    """Return the invoice's PDF; a draft's shows what would be issued now. `NotFound` ``INVOICE_NOT_FOUND``."""
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE))
    invoice, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    if is_issued(invoice):
        return INVOICE.pdf_of(invoice, objects, render)
    return _draft_pdf(replace(as_issued_now(uow, invoice), seller=account.as_seller()), objects, render)


def _draft_pdf(draft: Invoice, objects: ObjectStore, render: RenderInvoice) -> StoredPdf:
    """Render a preview, named by the hash of its content: any change of draft, customer or account makes another."""
    content = render(draft)
    name = f"drafts/{draft.account}/{draft.id}/{hashlib.sha256(content).hexdigest()}.pdf"
    objects.keep(name, content)
    return stored_pdf(name, content, draft.number or "draft")
