"""Checks of the customer of an invoice or payment."""

from dataclasses import replace

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.parties.customer import Customer
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def customer_to_bill(
    uow: UnitOfWork, customer: Customer | None, customer_id: str, *, unchanged: bool = False, archived: bool = False
) -> Customer:
    """Return the customer for a new draft or, ``unchanged`` until the transaction commits, for an issued invoice.

    The first invoice sets ``has_invoices``, so that the customer is never removed: when it and a removal happen at
    once, one of them meets a write conflict and is retried. Later drafts need no check, because what happens to the
    customer at the same time could as well have happened after them. `ValidationFailed` ``INVALID_CUSTOMER`` for a
    customer that does not exist, is erased or, unless ``archived`` ones are billed too, is archived.
    """
    customer = _known(customer, customer_id)
    if customer.erased_at is not None:
        raise _invalid(customer_id, "customer_id names an erased customer.", "CUSTOMER_ERASED")
    if customer.archived_at is not None and not archived:
        raise _invalid(
            customer_id,
            "customer_id names an archived customer; restore it before you invoice it.",
            "CUSTOMER_ARCHIVED",
        )
    if not customer.has_invoices:
        return _marked(uow, customer)
    if unchanged:
        uow.changes.require(uow.ref(Customer, customer.id), customer.version)
    return customer


def customer_who_pays(uow: UnitOfWork, customer: Customer | None, customer_id: str) -> Customer:
    """Return the customer of a payment, even an archived one; its first payment sets ``has_invoices``.

    `ValidationFailed` ``INVALID_CUSTOMER`` for a customer that does not exist.
    """
    customer = _known(customer, customer_id)
    return customer if customer.has_invoices else _marked(uow, customer)


def _known(customer: Customer | None, customer_id: str) -> Customer:
    if customer is None:
        raise _invalid(customer_id, "customer_id does not name an existing customer.", "CUSTOMER_NOT_FOUND")
    return customer


def _marked(uow: UnitOfWork, customer: Customer) -> Customer:
    marked = replace(customer, version=customer.version + 1, has_invoices=True)
    uow.changes.save(marked)
    return marked


def _invalid(customer_id: str, message: str, code: str) -> ValidationFailed:
    return ValidationFailed(Detail("customer_id", message, code, customer_id), code="INVALID_CUSTOMER")
