"""Delete a customer: remove one without invoices and payments, archive any other."""

from dataclasses import replace

from invoicing.domain.events.customers import CUSTOMER_DELETED
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.parties.customer import Customer
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def delete_customer(uow: UnitOfWork, customer_id: str, *, if_version: int | None = None) -> None:
    """Remove or archive the customer, which cannot be invoiced any more; its invoices stay, and can be sent.

    No invoice is read for this: the first one set ``has_invoices`` in its own transaction. Deleting an archived
    customer again changes nothing. `NotFound` ``CUSTOMER_NOT_FOUND``; `PreconditionFailed`.
    """
    customer = uow.get(Customer, customer_id)
    require_version(customer, if_version)
    if customer.archived_at is not None:
        return
    if customer.has_invoices:
        customer = replace(customer, version=customer.version + 1, archived_at=uow.now, updated_at=uow.now)
        uow.changes.save(customer)
    else:
        uow.changes.remove(customer)
    uow.record(CUSTOMER_DELETED, customer)
