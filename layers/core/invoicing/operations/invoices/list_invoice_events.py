"""List the events of an invoice."""

from dataclasses import replace

from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.lists.query import Condition, ListPage, ListQuery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_invoice_events(uow: UnitOfWork, invoice_id: str, query: ListQuery) -> ListPage[Event]:
    """Return one page of the timeline; `NotFound` ``INVOICE_NOT_FOUND``, `InvalidRequest` as `Store.page_of`.

    Events expire after the retention period of the deployment.
    """
    invoice = uow.get(Invoice, invoice_id)
    of_invoice = Condition("resource_id", "eq", (invoice.id,))
    return uow.page_of(Event, replace(query, conditions=(of_invoice, *query.conditions)))
