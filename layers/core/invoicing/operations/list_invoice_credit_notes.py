"""List the credit notes of an invoice."""

from dataclasses import replace

from invoicing.domain.credit_note import CreditNote
from invoicing.operations.get_invoice import get_invoice
from invoicing.operations.listing import Condition, Listed, ListQuery
from invoicing.operations.work import Work


def list_invoice_credit_notes(work: Work, invoice_id: str, query: ListQuery) -> Listed[CreditNote]:
    """One page of them; `NotFound` ``INVOICE_NOT_FOUND``, `InvalidRequest` as `Store.page_of` says."""
    invoice = get_invoice(work, invoice_id)
    of_invoice = Condition("invoice_id", "eq", (invoice.id,))
    return work.store.page_of(CreditNote, work.account, replace(query, conditions=(of_invoice, *query.conditions)))
