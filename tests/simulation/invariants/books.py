"""The books: what the ledger says is what invoices, payments and credit say."""

from tests.books import assert_books_balance
from tests.simulation.simulation import Simulation


def the_books_balance(simulation: Simulation) -> None:
    assert_books_balance(simulation.store)


ALWAYS = (the_books_balance,)
