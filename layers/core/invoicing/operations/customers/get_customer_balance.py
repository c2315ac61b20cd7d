"""Read the balance of a customer."""

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
    """Return today's balance in the account's time zone, for archived customers too. `NotFound`.

    Amounts due may be a moment behind (`Ledger.open_items`). The customer's currency, else the account's, is always
    included.
    """
    uow.prefetch((Customer, customer_id), (Account, PROFILE))
    customer, account = uow.get(Customer, customer_id), uow.get(Account, PROFILE)
    found = balances(
        ledger.open_items(uow.account, customer.id),
        ledger.credits(uow.account, customer.id),
        customer.currency or account.currency,
        today(uow.now, account.time_zone),
    )
    return CustomerBalance(customer=customer, balances=found)
