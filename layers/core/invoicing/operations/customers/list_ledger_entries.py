"""List the ledger entries of a customer."""

from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.parties.customer import Customer
from invoicing.operations.lists.query import ListPage, ListQuery
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_ledger_entries(uow: UnitOfWork, customer_id: str, query: ListQuery, ledger: Ledger) -> ListPage[LedgerEntry]:
    """Return one page of entries by date; `NotFound` ``CUSTOMER_NOT_FOUND``, `InvalidRequest` as `Ledger.page`."""
    customer = uow.get(Customer, customer_id)
    return ledger.page(uow.account, customer.id, query)
