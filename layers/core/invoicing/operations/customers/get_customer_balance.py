"""What a customer owes, and what credit it has."""

from dataclasses import dataclass

from invoicing.domain.calendar import today
from invoicing.domain.ledger.statement import Balance, balances
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerBalance:
    """A customer with its balance in each currency."""

    customer: Customer
    balances: tuple[Balance, ...]


def get_customer_balance(uow: UnitOfWork, customer_id: str, ledger: Ledger) -> CustomerBalance:
    """As it is today in the account's time zone; archived customers have one too. `NotFound`.

    What is due may be a moment behind (`Ledger.owed`). The customer's currency, else the account's, is always there.
    """
    uow.prefetch((Customer, customer_id), (Account, PROFILE))
    customer, account = uow.get(Customer, customer_id), uow.get(Account, PROFILE)
    found = balances(
        ledger.owed(uow.account, customer.id),
        ledger.credits(uow.account, customer.id),
        customer.currency or account.currency,
        today(uow.now, account.time_zone),
    )
    return CustomerBalance(customer=customer, balances=found)
