"""The entries of a customer's account, as they are listed."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.operations.customers.list_ledger_entries import list_ledger_entries
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from tests.books import issue, ledger_of, pay
from tests.builders import a_customer
from tests.fakes import FakeStore
from tests.office import Office

BY_DATE = ListQuery(sorts=(Sort("date", descending=True),))


def listed(office: Office, customer_id: str = "cust_123", query: ListQuery = BY_DATE) -> tuple[LedgerEntry, ...]:
    return office.run_use_case(lambda uow: list_ledger_entries(uow, customer_id, query, ledger_of(office))).items


def test_every_movement_is_listed_the_latest_first_with_those_of_no_other(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(id="cust_2", archived_at=None))
    pay(office, issue(office), "120")
    issue(office, customer_id="cust_2")
    assert [(entry.movement, entry.amount, entry.credit) for entry in listed(office)] == [
        (Movement.PAYMENT, -12000, 2000), (Movement.INVOICE, 10000, 0),
    ]  # fmt: skip
    payments = ListQuery(conditions=(Condition("type", "eq", ("payment",)),), sorts=BY_DATE.sorts)
    assert [entry.movement for entry in listed(office, query=payments)] == [Movement.PAYMENT]
    assert [entry.customer_id for entry in listed(office, "cust_2")] == ["cust_2"]


def test_an_unknown_customer_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound) as refused:
        listed(office, "cust_404")
    assert refused.value.code == "CUSTOMER_NOT_FOUND"
