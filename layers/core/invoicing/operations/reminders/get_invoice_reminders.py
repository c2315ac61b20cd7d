"""Read the reminders of an invoice: what became of past steps, and when the others come."""

from invoicing.operations.reminders._reminded import Reminded, read_reminded
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def get_invoice_reminders(uow: UnitOfWork, invoice_id: str) -> Reminded:
    """Return the invoice with what decides about its reminders. `NotFound` ``INVOICE_NOT_FOUND``."""
    return read_reminded(uow, invoice_id)
