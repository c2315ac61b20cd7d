"""Restore an archived customer."""

from dataclasses import replace

from invoicing.domain.erasure.customer import require_not_erased
from invoicing.domain.events.customers import CUSTOMER_RESTORED
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.parties.customer import Customer
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def restore_customer(uow: UnitOfWork, customer_id: str, *, if_version: int | None = None) -> Customer:
    """Let an archived customer be invoiced and reminded again; restoring any other customer changes nothing.

    Reminder steps whose time passed meanwhile are not made up for, which ``restored_at`` sees to without a look at the
    customer's invoices: those still wait for their next steps. Its schedules stay paused, also those that archiving has
    not come to yet. `NotFound` ``CUSTOMER_NOT_FOUND``; `PreconditionFailed`; `Conflict` ``CUSTOMER_ERASED``.
    """
    customer = uow.get(Customer, customer_id)
    require_version(customer, if_version)
    require_not_erased(customer, "restore")
    if customer.archived_at is None:
        return customer
    customer = replace(
        customer, version=customer.version + 1, archived_at=None, restored_at=uow.now, updated_at=uow.now
    )
    uow.changes.save(customer)
    uow.record(CUSTOMER_RESTORED, customer)
    return customer
