"""Lists by searchable metadata cost the same however many items there are, and show nothing that is not so."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.errors import InvalidRequest
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.lists.metadata import tags_of
from invoicing.domain.lists.search_rows import SearchWords
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.lists import page as page_reader
from invoicing.storage.lists import search as search_reader
from invoicing.storage.store import DynamoStore
from tests.builders import NOW, an_invoice
from tests.reference_lists import reference_list
from tests.storage.conftest import EVENTS_KEPT
from tests.storage.listing import put, requests_of

ORDER = "metadata[order]"


def put_found(database: Database, invoices: list[Invoice], *keys: str) -> None:
    """Write invoices and the rows of their tags."""
    rows = [
        row
        for each in invoices
        for row in SearchWords(
            account=each.account,
            id=f"Invoice#{each.id}",
            version=1,
            created_at=each.created_at,
            words=(),
            tags=tags_of(each, keys),
        ).rows.values()
    ]
    put(database, [*invoices, *rows])


def many(account: str, count: int, **metadata: str) -> list[Invoice]:
    base = an_invoice(account=account, status=Status.SENT, metadata=metadata)
    name = metadata["order"]
    return [
        replace(base, id=f"inv_{name}_{n}", total=n % 3, created_at=NOW + timedelta(seconds=n)) for n in range(count)
    ]


def asking(order: str, *more: Condition, **fields: Any) -> ListQuery:
    return ListQuery(conditions=(Condition(ORDER, "eq", (order,)), *more), tagged=frozenset({ORDER}), **fields)


@pytest.mark.parametrize("count", [10, 60, 300])
def test_rare_values_cost_the_same_however_many_others_there_are(
    database: Database, account: str, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    for module in (search_reader, page_reader):
        monkeypatch.setattr(module, "MOST_CANDIDATES", 8)
    put_found(database, [*many(account, count, order="many"), *many(account, 7, order="rare")], "order")
    store = DynamoStore(database, EVENTS_KEPT)
    with requests_of(database) as sent:
        page = store.page_of(Invoice, account, asking("rare", per_page=5))
    assert ([each.id for each in page.items], page.total) == ([f"inv_rare_{n}" for n in (6, 5, 4, 3, 2)], 7)
    assert sent == ["Query", "BatchGetItem"]
    with requests_of(database) as sent:
        page = store.page_of(Invoice, account, asking("none"))
    assert (page.items, page.total, sent) == ((), 0, ["Query"])
    with requests_of(database) as sent, pytest.raises(InvalidRequest) as refused:
        store.page_of(Invoice, account, asking("many"))
    assert refused.value.code == "QUERY_TOO_BROAD"
    assert len(sent) <= 1 + page_reader.MOST_PLANS


def test_other_filters_and_sorts_go_with_it(database: Database, account: str) -> None:
    invoices = [*many(account, 9, order="a", shop="x"), *many(account, 9, order="b", shop="x")]
    put_found(database, invoices, "order", "shop")
    store = DynamoStore(database, EVENTS_KEPT)
    shop, status = Condition("metadata[shop]", "eq", ("x",)), Condition("status", "in", ("sent", "paid"))
    for more in ((), (shop,), (status,), (shop, status)):
        for sorts in ((Sort("created_at", descending=False),), (Sort("amount", descending=True),)):
            query = asking("b", *more, sorts=sorts)
            assert list(store.page_of(Invoice, account, query).items) == reference_list(invoices, query)


def test_a_frequent_value_is_found_beside_a_filter_that_leaves_few(
    database: Database, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (search_reader, page_reader):
        monkeypatch.setattr(module, "MOST_CANDIDATES", 8)
    invoices = many(account, 20, order="many")
    invoices[3] = replace(invoices[3], status=Status.PAID)
    put_found(database, invoices, "order")
    query = asking("many", Condition("status", "eq", ("paid",)))
    assert DynamoStore(database, EVENTS_KEPT).page_of(Invoice, account, query).items == (invoices[3],)


def test_an_old_row_shows_nothing(database: Database, account: str) -> None:
    (invoice,) = many(account, 1, order="old")
    put_found(database, [invoice], "order")
    put(database, [replace(invoice, metadata={"order": "new"})])
    assert DynamoStore(database, EVENTS_KEPT).page_of(Invoice, account, asking("old")).items == ()
