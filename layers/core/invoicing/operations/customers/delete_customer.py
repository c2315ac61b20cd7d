"""Delete a customer: remove one without invoices and payments, archive any other."""

from invoicing.domain.events.customers import CUSTOMER_DELETED
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.parties.customer import Customer
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def delete_customer(uow: UnitOfWork, customer_id: str, *, if_version: int | None = None) -> None:
    """Remove or archive the customer, which cannot be invoiced any more; its invoices stay, and can be sent.

    No invoice is read for this: the first one, like the first schedule, set ``has_invoices`` in its own transaction.
    The schedules of an archived customer are paused. Deleting it again changes nothing. `NotFound`
    ``CUSTOMER_NOT_FOUND``; `PreconditionFailed`.
    """
    customer = uow.get(Customer, customer_id)
    require_version(customer, if_version)
    if customer.archived_at is not None:
        return
    if customer.has_invoices:
        customer = customer.archived(uow.now)
        uow.changes.save(customer)
        from invoicing.operations.recurring._schedule_change import pause_schedules  # noqa: PLC0415

        pause_schedules(uow, customer)
    else:
        uow.changes.remove(customer)
    uow.record(CUSTOMER_DELETED, customer)
