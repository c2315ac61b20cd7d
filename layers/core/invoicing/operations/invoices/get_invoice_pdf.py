"""Read the PDF of an invoice: rendered once when issued, at each request for a draft and for a copy with a mark."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from invoicing.domain.calendar import today
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued
from invoicing.domain.invoices.mark import Mark, mark_of
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.logo import Image
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.documents.document_type import Render
from invoicing.operations.documents.invoice import INVOICE
from invoicing.operations.documents.seller_logo import logo_of
from invoicing.operations.documents.stored_pdf import StoredPdf, stored_pdf
from invoicing.operations.invoices.get_invoice import as_issued_now
from invoicing.operations.unit_of_work.ports import ObjectStore
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

RenderCopy = Callable[[Invoice, Image | None, Mark | None], bytes]
"""Renders a copy of an issued invoice, with its logo, that says what became of it."""


def get_invoice_pdf(uow: UnitOfWork, invoice_id: str, objects: ObjectStore, render: Render[Invoice]) -> StoredPdf:
    """Return the invoice's PDF; a draft's shows what would be issued now. `NotFound` ``INVOICE_NOT_FOUND``."""
    invoice, account = _read(uow, invoice_id)
    if is_issued(invoice):
        return INVOICE.pdf_of(invoice, objects, render)
    draft = as_issued_now(uow, invoice)
    draft = replace(draft, seller=account.as_seller(draft.currency, draft.locale, draft.template))
    return _for_a_look(draft, objects, render(draft, logo_of(draft, lambda: objects)))


def get_marked_copy(
    uow: UnitOfWork, invoice_id: str, objects: ObjectStore, render: Render[Invoice], render_copy: RenderCopy
) -> StoredPdf:
    """Return a copy of the invoice that says what became of it by now; a draft says that it is one anyway.

    The original stays as it was issued. `NotFound` ``INVOICE_NOT_FOUND``.
    """
    invoice, account = _read(uow, invoice_id)
    if not is_issued(invoice):
        return get_invoice_pdf(uow, invoice_id, objects, render)
    mark = mark_of(invoice, today(uow.now, account.time_zone))
    return _for_a_look(invoice, objects, render_copy(invoice, logo_of(invoice, lambda: objects), mark))


def _read(uow: UnitOfWork, invoice_id: str) -> tuple[Invoice, Account]:
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE))
    return uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)


def _for_a_look(invoice: Invoice, objects: ObjectStore, content: bytes) -> StoredPdf:
    """Store what is not the issued document for some days, named by the hash of its content: a change makes another."""
    name = f"drafts/{invoice.account}/{invoice.id}/{hashlib.sha256(content).hexdigest()}.pdf"
    objects.keep(name, content)
    return stored_pdf(name, content, invoice.number or "draft")
