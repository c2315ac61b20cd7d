from invoicing.operations.list_customers import list_customers
from invoicing.operations.listing import Condition, ListQuery
from tests.builders import NOW, a_customer
from tests.fakes import FakeStore, Office


def test_archived_customers_are_a_list_of_their_own(store: FakeStore, office: Office) -> None:
    archived = a_customer(id="cust_2", archived_at=NOW)
    store.keep(archived)

    def listed(value: str) -> list[str]:
        query = ListQuery(conditions=(Condition("archived", "eq", (value,)),))
        return [customer.id for customer in list_customers(office.work(), query).things]

    assert listed("false") == ["cust_123"]
    assert listed("true") == ["cust_2"]
