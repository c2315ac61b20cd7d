from typing import Any
from unittest.mock import Mock

import pytest

from invoicing.domain.lists.metadata_change import MetadataChange
from invoicing.operations.customers.list_customers import list_customers
from invoicing.operations.lists.query import Condition, ListQuery
from tests.builders import ACCOUNT, NOW, a_customer, an_account
from tests.fakes import FakeStore
from tests.office import Office

FIELD = "metadata[crm]"
BY_CRM = ListQuery(conditions=(Condition(FIELD, "eq", ("1",)),))


@pytest.mark.parametrize(
    ("declared", "waiting", "is_served"),
    [
        ((), None, False),
        (("crm",), None, True),
        (("crm",), ("crm",), False),
        (("crm", "x"), ("x",), True),
        (("x",), (), False),
    ],
)
def test_rows_serve_keys_that_are_declared_and_prepared(
    monkeypatch: pytest.MonkeyPatch, declared: Any, waiting: Any, *, is_served: bool
) -> None:
    store = FakeStore()
    customer = a_customer(metadata={"crm": "1"})
    store.keep(an_account(searchable_metadata=declared), customer)
    if waiting is not None:
        store.keep(MetadataChange(account=ACCOUNT, version=1, due_at=NOW, keys=waiting))
    page_of = Mock(wraps=store.page_of)
    monkeypatch.setattr(store, "page_of", page_of)
    assert list_customers(Office(store).uow(), BY_CRM).items == (customer,)
    assert page_of.call_args.args[2].tagged == frozenset({FIELD} if is_served else ())


def test_without_such_a_filter_nothing_more_is_read(office: Office, store: FakeStore) -> None:
    before = store.reads
    assert list_customers(office.uow(), ListQuery()).total == 1
    assert store.reads == before
