"""Read the balance of a customer."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

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
    included. One request for each currency reads the entries dated after today, mostly none.
    """
    uow.prefetch((Customer, customer_id), (Account, PROFILE))
    customer, account = uow.get(Customer, customer_id), uow.get(Account, PROFILE)
    on = today(uow.now, account.time_zone)
    found = balances(
        ledger.open_items(uow.account, customer.id),
        ledger.credits(uow.account, customer.id),
        customer.currency or account.currency,
        on,
    )
    return CustomerBalance(
        customer=customer,
        balances=tuple(
            replace(each, post_dated=_after(ledger, uow.account, customer.id, each.currency, on)) for each in found
        ),
    )


def _after(ledger: Ledger, account: str, customer_id: str, currency: str, on: date) -> int:
    return sum(entry.amount for entry in ledger.entries(account, customer_id, currency, on + timedelta(days=1), None))
