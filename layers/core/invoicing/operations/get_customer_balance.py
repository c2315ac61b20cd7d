"""What a customer owes, and what credit it has."""

from dataclasses import dataclass

from invoicing.domain.calendar import today
from invoicing.domain.errors import not_found
from invoicing.domain.party import Account, Customer
from invoicing.domain.statement import Balance, balances
from invoicing.operations.changes import Ref
from invoicing.operations.drafts import must_exist
from invoicing.operations.issuing import PROFILE
from invoicing.operations.ports import Ledger
from invoicing.operations.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerBalance:
    """A customer with its balance in each currency."""

    customer: Customer
    balances: tuple[Balance, ...]


def get_customer_balance(work: Work, customer_id: str, ledger: Ledger) -> CustomerBalance:
    """As it is today in the account's time zone; archived customers have one too. `NotFound`.

    What is due may be a moment behind (`Ledger.owed`). The customer's currency, else the account's, is always there.
    """
    customer, account = work.store.find_together(
        Ref(Customer, work.account, customer_id), Ref(Account, work.account, PROFILE)
    )
    if customer is None:
        raise not_found("customer", customer_id)
    account = must_exist(account)
    found = balances(
        ledger.owed(work.account, customer.id),
        ledger.credits(work.account, customer.id),
        customer.currency or account.currency,
        today(work.now, account.time_zone),
    )
    return CustomerBalance(customer=customer, balances=found)
