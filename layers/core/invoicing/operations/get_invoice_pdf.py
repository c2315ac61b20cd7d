"""The PDF of an invoice: rendered once for each issued invoice and kept, anew for a draft."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from invoicing.domain.errors import NotFound, not_found
from invoicing.domain.invoice import Invoice
from invoicing.domain.lifecycle import is_issued
from invoicing.domain.party import Account
from invoicing.operations.changes import Ref
from invoicing.operations.issuing import PROFILE
from invoicing.operations.ports import Documents
from invoicing.operations.work import Work

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")

RenderInvoice = Callable[[Invoice], bytes]
"""Makes the PDF of an invoice whose ``seller`` is set; the same invoice gives the same bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePdf:
    """A PDF that is kept under ``name`` in the document store; ``sha256`` in hex."""

    invoice_id: str
    name: str
    file_name: str
    content: bytes
    sha256: str


def get_invoice_pdf(work: Work, invoice_id: str, documents: Documents, render: RenderInvoice) -> InvoicePdf:
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


def issued_pdf(invoice: Invoice, documents: Documents, render: RenderInvoice) -> InvoicePdf:
    """The PDF of an issued invoice: made once, whoever asks first, and the same bytes ever after."""
    name = f"issued/{invoice.account}/{invoice.id}/{invoice.revision}.pdf"
    content = documents.fetch(name)
    if content is None:
        content = documents.keep(name, render(invoice))
    return _pdf(invoice, name, content)


def draft_pdf(draft: Invoice, documents: Documents, render: RenderInvoice) -> InvoicePdf:
    """A preview; its name is its content's hash, as every change of draft, customer or account makes another."""
    content = render(draft)
    name = f"drafts/{draft.account}/{draft.id}/{hashlib.sha256(content).hexdigest()}.pdf"
    documents.keep(name, content)
    return _pdf(draft, name, content)


def _pdf(invoice: Invoice, name: str, content: bytes) -> InvoicePdf:
    file_name = _UNSAFE.sub("-", invoice.number or "draft") + ".pdf"
    return InvoicePdf(
        invoice_id=invoice.id,
        name=name,
        file_name=file_name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )
