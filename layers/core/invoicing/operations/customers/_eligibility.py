"""Checks of the customer of an invoice or payment."""

from dataclasses import replace

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.parties.customer import Customer
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def customer_to_bill(uow: UnitOfWork, customer: Customer | None, customer_id: str) -> Customer:
    """Return the customer for a new invoice, unchanged until the transaction commits.

    The first invoice sets ``has_invoices``, so that the customer is never removed; later ones only check its version.
    When an invoice and a removal happen at once, one of them meets a write conflict and is retried. `ValidationFailed`
    ``INVALID_CUSTOMER`` for a customer that does not exist or is archived.
    """
    customer = _known(customer, customer_id)
    if customer.archived_at is not None:
        raise _invalid(
            customer_id, "customer_id names a deleted customer, which cannot be invoiced.", "CUSTOMER_ARCHIVED"
        )
    if customer.has_invoices:
        uow.changes.require(uow.ref(Customer, customer.id), customer.version)
        return customer
    return _marked(uow, customer)


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
