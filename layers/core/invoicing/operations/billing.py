"""Who may be billed: what `create_invoice` and other use cases that give a customer an invoice have in common."""

from dataclasses import replace

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.party import Customer
from invoicing.operations.changes import Ref
from invoicing.operations.work import Work


def customer_to_bill(work: Work, customer: Customer | None, customer_id: str) -> Customer:
    """The customer as a new invoice copies it, held as it is by the transaction that stores the invoice.

    The first invoice marks its customer, so that nobody removes it any more: from then on a check is enough. Does
    it, and the removal of a customer, happen at once, one of them finds another version and runs anew.
    `ValidationFailed` ``INVALID_CUSTOMER`` for a customer that does not exist or is archived.
    """
    if customer is None:
        raise _invalid(customer_id, "There is no such customer.", "CUSTOMER_NOT_FOUND", "The customer does not exist.")
    if customer.archived_at is not None:
        raise _invalid(
            customer_id, "This customer was deleted.", "CUSTOMER_ARCHIVED", "The customer gets no new invoices."
        )
    if customer.has_invoices:
        work.changes.require(Ref(Customer, work.account, customer.id), customer.version)
        return customer
    marked = replace(customer, version=customer.version + 1, has_invoices=True)
    work.changes.save(marked)
    return marked


def _invalid(customer_id: str, wrong: str, code: str, message: str) -> ValidationFailed:
    return ValidationFailed(
        Detail("customer_id", wrong, code, customer_id),
        code="INVALID_CUSTOMER",
        message=message,
    )
