"""The PDF of an invoice: rendered once for each issued invoice and kept, anew for a draft."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from invoicing.domain.errors import NotFound, not_found
from invoicing.domain.invoice import Invoice
from invoicing.domain.lifecycle import is_issued
from invoicing.domain.party import Account
from invoicing.operations.changes import Ref
from invoicing.operations.issuing import PROFILE
from invoicing.operations.pdfs import StoredPdf, made_once, stored_pdf
from invoicing.operations.ports import Documents
from invoicing.operations.work import Work

RenderInvoice = Callable[[Invoice], bytes]
"""Makes the PDF of an invoice whose ``seller`` is set; the same invoice gives the same bytes."""


def get_invoice_pdf(work: Work, invoice_id: str, documents: Documents, render: RenderInvoice) -> StoredPdf:
    """The invoice's PDF; a draft's shows the account as it is now. `NotFound` ``INVOICE_NOT_FOUND``."""
    invoice, account = work.store.find_together(
        Ref(Invoice, work.account, invoice_id), Ref(Account, work.account, PROFILE)
    )
    if invoice is None:
        raise not_found("invoice", invoice_id)
    if account is None:
        raise NotFound("ACCOUNT_NOT_FOUND", "The account of this key is gone.")
    if is_issued(invoice):
        return issued_pdf(invoice, documents, render)
    return draft_pdf(replace(invoice, seller=account.as_seller()), documents, render)


def issued_pdf(invoice: Invoice, documents: Documents, render: RenderInvoice) -> StoredPdf:
    """The PDF of an issued invoice: made once, whoever asks first, and the same bytes ever after."""
    name = f"issued/{invoice.account}/{invoice.id}/{invoice.revision}.pdf"
    return made_once(documents, name, invoice.number or "draft", lambda: render(invoice))


def draft_pdf(draft: Invoice, documents: Documents, render: RenderInvoice) -> StoredPdf:
    """A preview; its name is its content's hash, as every change of draft, customer or account makes another."""
    content = render(draft)
    name = f"drafts/{draft.account}/{draft.id}/{hashlib.sha256(content).hexdigest()}.pdf"
    documents.keep(name, content)
    return stored_pdf(name, content, draft.number or "draft")
