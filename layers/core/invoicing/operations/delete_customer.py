"""Delete a customer: removed when it never had an invoice, archived when it had."""

from dataclasses import replace

from invoicing.domain.errors import not_found
from invoicing.domain.events import customer_event
from invoicing.domain.lifecycle import require_version
from invoicing.domain.party import Customer
from invoicing.operations.changes import Ref
from invoicing.operations.work import Work


def delete_customer(work: Work, customer_id: str, *, if_version: int | None = None) -> None:
    """From here on the customer gets no new invoices. Its invoices stay as they are, and can be sent.

    Whether it has invoices is no question to the invoices: the first one marked the customer, in its own transaction.
    An archived customer is deleted already, and deleting it again changes nothing. `NotFound`
    ``CUSTOMER_NOT_FOUND``; `PreconditionFailed`.
    """
    customer = work.store.find(Ref(Customer, work.account, customer_id))
    if customer is None:
        raise not_found("customer", customer_id)
    require_version(customer, if_version)
    if customer.archived_at is not None:
        return
    if customer.has_invoices:
        customer = replace(customer, version=customer.version + 1, archived_at=work.now, updated_at=work.now)
        work.changes.save(customer)
    else:
        work.changes.remove(customer)
    work.changes.record(customer_event(work.new_id("evt"), "customer.deleted", customer, work.now))
