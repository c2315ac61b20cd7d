"""List the credit notes of an invoice."""

from dataclasses import replace

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.lists.query import Condition, ListPage, ListQuery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_invoice_credit_notes(uow: UnitOfWork, invoice_id: str, query: ListQuery) -> ListPage[CreditNote]:
    """Return one page of credit notes; `NotFound` ``INVOICE_NOT_FOUND``, `InvalidRequest` as `Store.page_of`."""
    invoice = uow.get(Invoice, invoice_id)
    of_invoice = Condition("invoice_id", "eq", (invoice.id,))
    return uow.page_of(CreditNote, replace(query, conditions=(of_invoice, *query.conditions)))
