"""Change a customer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from invoicing.domain.events.customers import CUSTOMER_UPDATED
from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.merging import merged
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import changed_names
from invoicing.operations.customers._series import name_series
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def update_customer(
    uow: UnitOfWork, customer_id: str, values: Mapping[str, Any], *, if_version: int | None = None
) -> Customer:
    """Change fields of the customer, a `Merge` a nested object; without a change nothing is written or recorded.

    Issued invoices keep their copy; drafts get the new data when they are sent. An archived customer can be changed
    too: its invoices may still be sent again. One more request to name a number series. `NotFound`
    ``CUSTOMER_NOT_FOUND``; `PreconditionFailed`; `ValidationFailed` as `require_series`.
    """
    customer = uow.get(Customer, customer_id)
    require_version(customer, if_version)
    values = merged(customer, values)
    changed = changed_names(customer, values)
    if not changed:
        return customer
    name_series(uow, values.get("series_id"))
    customer = replace(customer, **values, version=customer.version + 1, updated_at=uow.now)
    uow.changes.save(customer)
    uow.record(CUSTOMER_UPDATED, customer, changed=changed)
    return customer
