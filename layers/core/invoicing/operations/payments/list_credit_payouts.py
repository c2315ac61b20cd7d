"""List the payouts of a customer's credit."""

from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_credit_payouts(uow: UnitOfWork, customer_id: str, ledger: Ledger) -> list[CreditPayout]:
    """Return all payouts of a customer, newest first; `NotFound` ``CUSTOMER_NOT_FOUND``."""
    customer = uow.get(Customer, customer_id)
    return ledger.credit_payouts(uow.account, customer.id)
