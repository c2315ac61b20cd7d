"""List the events of an invoice, with those of its payments and credit notes."""

from dataclasses import replace

from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.lists.query import Condition, ListPage, ListQuery
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_RELATED = 10
"""The latest payments, and the latest credit notes, whose events the timeline has: each is a request more."""


def list_invoice_events(uow: UnitOfWork, invoice_id: str, query: ListQuery) -> ListPage[Event]:
    """Return one page of the timeline; `NotFound` ``INVOICE_NOT_FOUND``, `InvalidRequest` as `Store.page_of`.

    A payment, its refund and a credit note are there as themselves, beside what they changed of the invoice.
    """
    invoice = uow.get(Invoice, invoice_id)
    payments = (each.payment_id for each in invoice.payments[-MOST_RELATED:])
    credit_notes = (each.credit_note_id for each in invoice.credit_notes[-MOST_RELATED:])
    of_invoice = Condition("resource_id", "in", (invoice.id, *payments, *credit_notes))
    return uow.page_of(Event, replace(query, conditions=(of_invoice, *query.conditions)))
