"""Read the balance of a customer."""

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import today
from invoicing.domain.ledger.carried_balance import CarriedBalance, tells_all_of
from invoicing.domain.ledger.statement import Balance, balances
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.ledger._carried_balance import carried_balance
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerBalance:
    """A customer with its balance in each currency."""

    customer: Customer
    balances: tuple[Balance, ...]


def get_customer_balance(uow: UnitOfWork, customer_id: str, ledger: Ledger) -> CustomerBalance:
    """Return today's balance in the account's time zone, for archived customers too. `NotFound`.

    The customer's currency, else the account's, is always included. Three requests: what is carried forward, and the
    entries recorded since.
    """
    uow.prefetch((Customer, customer_id), (Account, PROFILE), (CarriedBalance, customer_id))
    customer, account = uow.get(Customer, customer_id), uow.get(Account, PROFILE)
    on = today(uow.now, account.time_zone)
    carried = carried_balance(uow, customer_id)
    if not tells_all_of(carried, on):
        carried = CarriedBalance(account=uow.account, id=customer_id)
    entries = ledger.entries(uow.account, customer.id, recorded_after=carried.recorded_until)
    found = balances(carried, entries, customer.currency or account.currency, on)
    return CustomerBalance(customer=customer, balances=found)
