"""Read a customer."""

from invoicing.domain.errors import not_found
from invoicing.domain.party import Customer
from invoicing.operations.changes import Ref
from invoicing.operations.work import Work


def get_customer(work: Work, customer_id: str) -> Customer:
    """The customer; `NotFound` ``CUSTOMER_NOT_FOUND``."""
    customer = work.store.find(Ref(Customer, work.account, customer_id))
    if customer is None:
        raise not_found("customer", customer_id)
    return customer
