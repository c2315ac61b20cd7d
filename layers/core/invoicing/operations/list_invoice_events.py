"""List what happened to an invoice."""

from dataclasses import replace

from invoicing.domain.events import Event
from invoicing.operations.get_invoice import get_invoice
from invoicing.operations.listing import Condition, Listed, ListQuery
from invoicing.operations.work import Work


def list_invoice_events(work: Work, invoice_id: str, query: ListQuery) -> Listed[Event]:
    """One page of its timeline; `NotFound` ``INVOICE_NOT_FOUND``, `InvalidRequest` as `Store.page_of` says.

    Events that were kept as long as the deployment keeps them are gone.
    """
    invoice = get_invoice(work, invoice_id)
    of_invoice = Condition("resource_id", "eq", (invoice.id,))
    return work.store.page_of(Event, work.account, replace(query, conditions=(of_invoice, *query.conditions)))
