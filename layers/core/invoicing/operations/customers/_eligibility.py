"""Who may be billed: what use cases that give a customer an invoice, or take its payment, have in common."""

from dataclasses import replace

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.parties.customer import Customer
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def customer_to_bill(uow: UnitOfWork, customer: Customer | None, customer_id: str) -> Customer:
    """The customer as a new invoice copies it, held as it is by the transaction that stores the invoice.

    The first invoice marks its customer, so that nobody removes it any more: from then on a check is enough. Does
    it, and the removal of a customer, happen at once, one of them finds another version and runs anew.
    `ValidationFailed` ``INVALID_CUSTOMER`` for a customer that does not exist or is archived.
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
    """The customer of a payment, an archived one too; its first payment marks it as the first invoice would.

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
