"""The books: what the ledger says is what invoices, payments and credit say."""

from collections import Counter

from invoicing.domain.ledger.carried_balance import CarriedBalance
from invoicing.domain.ledger.entry import LedgerEntry
from tests.books import assert_books_balance
from tests.simulation.simulation import Simulation


def the_books_balance(simulation: Simulation) -> None:
    assert_books_balance(simulation.store)


def what_is_carried_forward_is_the_sum(simulation: Simulation) -> None:
    """A balance carried forward has each entry up to its last one, once."""
    for balance in simulation.store.all(CarriedBalance):
        sums: Counter[str] = Counter()
        for entry in simulation.store.all(LedgerEntry):
            owner = (entry.account, entry.customer_id)
            if owner == (balance.account, balance.id) and entry.id <= balance.recorded_until:
                sums[entry.currency] += entry.amount
        carried = {currency: sum(part.sums[0] for part in of.dated) for currency, of in balance.currencies.items()}
        assert all(carried[currency] == amount for currency, amount in sums.items()), (balance.id, carried, sums)


ALWAYS = (the_books_balance, what_is_carried_forward_is_the_sum)
