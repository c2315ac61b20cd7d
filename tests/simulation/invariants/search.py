"""Search rows: at rest they are those of the words that customers and invoices have, and no others."""

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.lists.search import words_of
from invoicing.domain.lists.search_rows import SearchRow, SearchWords, row_id
from invoicing.domain.parties.customer import Customer
from tests.simulation.simulation import Simulation


def rows_are_those_of_the_words(simulation: Simulation) -> None:
    entities = [*simulation.store.all(Customer), *simulation.store.all(Invoice)]
    expected = {
        (entity.account, row_id(type(entity).__name__, word, entity.created_at, entity.id))
        for entity in entities
        for word in words_of(entity)
    }
    rows = {(row.account, row.id) for row in simulation.store.all(SearchRow)}
    assert rows == expected, f"{sorted(rows ^ expected)[:5]}"
    known = {(words.account, words.id) for words in simulation.store.all(SearchWords)}
    assert known == {(entity.account, f"{type(entity).__name__}#{entity.id}") for entity in entities}


AT_REST = (rows_are_those_of_the_words,)
