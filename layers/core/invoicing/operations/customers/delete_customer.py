"""Delete a customer: remove one without invoices and payments, archive any other."""

from invoicing.domain.events.customers import CUSTOMER_DELETED
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.parties.customer import Customer
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def delete_customer(
    uow: UnitOfWork, customer_id: str, *, if_version: int | None = None, erase_with: Ledger | None = None
) -> None:
    """Remove or archive the customer, which cannot be invoiced any more; its invoices stay, and can be sent.

    No invoice is read for this: the first one, like the first schedule, set ``has_invoices`` in its own transaction.
    The schedules of an archived customer are paused. Deleting it again changes nothing. With
    its ledger, ``erase_with``, an archived customer is erased instead, or one without documents that is removed.
    `NotFound` ``CUSTOMER_NOT_FOUND``; `PreconditionFailed`; `Conflict` as `erase_customer`.
    """
    customer = uow.get(Customer, customer_id)
    require_version(customer, if_version)
    if erase_with is not None:
        from invoicing.operations.customers._erasing import erase_customer  # noqa: PLC0415

        return erase_customer(uow, customer, erase_with)
    if customer.archived_at is not None:
        return None
    if customer.has_invoices:
        customer = customer.archived(uow.now)
        uow.changes.save(customer)
        from invoicing.operations.recurring._schedule_change import pause_schedules  # noqa: PLC0415

        pause_schedules(uow, customer)
    else:
        uow.changes.remove(customer)
    uow.record(CUSTOMER_DELETED, customer)
    return None
