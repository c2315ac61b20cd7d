"""Show a credit note of an invoice, or the receipt of a payment that paid it alone, to whoever has its hosted link."""

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.errors import not_found
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.payments.payment import Payment, PaymentStatus
from invoicing.operations.pages.view_invoice import view_invoice
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def download_hosted_document(uow: UnitOfWork, token: str, document_id: str) -> CreditNote | Payment:
    """Return what the invoice's page leads to by this id; it does not count as a view, as the page has.

    `NotFound` and `Gone` as `view_invoice`; the same `NotFound` for what belongs to other invoices too, as the link
    shows this invoice only, and for a payment that is reversed.
    """
    invoice = view_invoice(uow, token, None)
    kind = _kind(invoice, document_id)
    found = uow.store.find(Ref(kind, invoice.account, document_id)) if kind else None
    if found is None or (isinstance(found, Payment) and found.status is PaymentStatus.REVERSED):
        raise not_found("Invoice", token)
    return found


def _kind(invoice: Invoice, document_id: str) -> type[CreditNote | Payment] | None:
    if any(each.credit_note_id == document_id for each in invoice.credit_notes):
        return CreditNote
    return Payment if any(each.payment_id == document_id and each.alone for each in invoice.payments) else None
