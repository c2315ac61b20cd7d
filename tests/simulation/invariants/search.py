"""Search rows: at rest they are those of the words that customers, documents and schedules have, and no others."""

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.lists.search import customer_of, words_of
from invoicing.domain.lists.search_rows import SearchRow, SearchWords, row_id
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from tests.simulation.simulation import Simulation


def rows_are_those_of_the_words(simulation: Simulation) -> None:
    store = simulation.store
    customers = {(each.account, each.id): each for each in store.all(Customer)}
    entities: list[Customer | Invoice | CreditNote | RecurringInvoice] = [
        *customers.values(),
        *store.all(Invoice),
        *store.all(CreditNote),
        *store.all(RecurringInvoice),
    ]
    expected = {
        (entity.account, row_id(type(entity).__name__, word, entity.created_at, entity.id))
        for entity in entities
        for word in words_of(entity, customers.get((entity.account, customer_of(entity) or "")))
    }
    rows = {(row.account, row.id) for row in store.all(SearchRow)}
    assert rows == expected, f"{sorted(rows ^ expected)[:5]}"
    known = {(words.account, words.id) for words in store.all(SearchWords)}
    assert known == {(entity.account, f"{type(entity).__name__}#{entity.id}") for entity in entities}


AT_REST = (rows_are_those_of_the_words,)
