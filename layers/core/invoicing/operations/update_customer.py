"""Change what is known of a customer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from invoicing.domain.errors import not_found
from invoicing.domain.events import customer_event
from invoicing.domain.lifecycle import require_version
from invoicing.domain.party import Customer, changed_names
from invoicing.operations.changes import Ref
from invoicing.operations.work import Work


def update_customer(
    work: Work, customer_id: str, values: Mapping[str, Any], *, if_version: int | None = None
) -> Customer:
    """The customer with these values of its fields; what changes nothing is not written, and no event tells of it.

    Issued invoices keep the copy they have; drafts get the new data when they are sent. An archived customer can be
    corrected too: its invoices may still be sent again. `NotFound` ``CUSTOMER_NOT_FOUND``; `PreconditionFailed`.
    """
    customer = work.store.find(Ref(Customer, work.account, customer_id))
    if customer is None:
        raise not_found("customer", customer_id)
    require_version(customer, if_version)
    changed = changed_names(customer, values)
    if not changed:
        return customer
    customer = replace(customer, **values, version=customer.version + 1, updated_at=work.now)
    work.changes.save(customer)
    work.changes.record(customer_event(work.new_id("evt"), "customer.updated", customer, work.now, changed))
    return customer
