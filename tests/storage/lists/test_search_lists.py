"""Searches find what they must, in the order asked for, at a cost that does not grow with what is not found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicing.domain.errors import InvalidRequest
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.lists.search import words_of
from invoicing.domain.lists.search_rows import SearchWords
from invoicing.domain.parties.customer import Customer
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.lists import search as search_reader
from invoicing.storage.store import DynamoStore
from tests.builders import NOW, a_customer, an_invoice
from tests.examples import examples
from tests.reference_lists import reference_list
from tests.storage.conftest import EVENTS_KEPT
from tests.storage.listing import put, requests_of, walk

WORDS = ("Ada", "Adam", "Bär", "Bar", "2026", "RE")


def put_found(database: Database, entities: Sequence[Any]) -> None:
    """Write entities and the rows that find them."""
    words = [
        SearchWords(
            account=each.account,
            id=f"{type(each).__name__}#{each.id}",
            version=1,
            created_at=each.created_at,
            words=words_of(each),
        )
        for each in entities
    ]
    put(database, [*entities, *(row for each in words for row in each.rows.values())])


def searching(text: str, **more: Any) -> ListQuery:
    return ListQuery(conditions=(Condition("search", "eq", (text,)), *more.pop("conditions", ())), **more)


def many(account: str, count: int, name: str = "Many Ltd", numbers: str = "INV-2026") -> list[Invoice]:
    base = an_invoice(account=account, customer=a_customer(id="cust_1", name=name), status=Status.SENT)
    return [
        replace(base, id=f"inv_{n:032x}", number=f"{numbers}-{n:06}", created_at=NOW + timedelta(seconds=n))
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [10, 60, 360])
def test_a_search_costs_the_same_however_much_there_is(
    database: Database, account: str, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """What is read: the rows of one word, or of as many as candidates may be, and the invoices of the page."""
    monkeypatch.setattr(search_reader, "MOST_CANDIDATES", 8)
    monkeypatch.setattr(search_reader, "FEW", 5)
    few = [replace(each, id=f"inv_{n:032x}0") for n, each in enumerate(many(account, 7, "Rare Ltd", "R-2025"))]
    put_found(database, [*many(account, count), *few])
    store = DynamoStore(database, EVENTS_KEPT)
    wanted = [(f"{count - 1:06}", 1, 1), ("rare", 7, 1), ("rare ltd", 7, 2), ("inv-2026-000001", 1, 1)]
    for text, total, words in wanted:
        with requests_of(database) as sent:
            page = store.page_of(Invoice, account, searching(text, per_page=5))
        assert (page.total, len(page.items), page.has_next) == (total, min(5, total), total > 5), text
        assert sent == ["Query"] * words + ["BatchGetItem"], text
    with requests_of(database) as sent, pytest.raises(InvalidRequest) as refused:
        store.page_of(Invoice, account, searching("many ltd"))
    assert refused.value.code == "QUERY_TOO_BROAD"
    assert sent == ["Query"] * 2


def test_pages_follow_each_other_without_a_gap(database: Database, account: str) -> None:
    invoices = many(account, 45)
    put_found(database, invoices)
    store = DynamoStore(database, EVENTS_KEPT)
    for sort in ("created_at", "invoice_number", "amount"):
        asked = searching("many inv", sorts=(Sort(sort, descending=True),))
        pages = walk(store, account, asked)
        assert [each.id for page in pages for each in page.items] == [
            each.id for each in reference_list(invoices, asked)
        ]
        assert [(len(page.items), page.total) for page in pages] == [(20, 45), (20, 45), (5, 45)]


NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
SEARCHES = st.lists(st.sampled_from([*WORDS, "A", "b", "20-26", "RE-2026", "x"]), min_size=1, max_size=3).map(" ".join)


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.tuples(NAMES, st.booleans()), max_size=12),
    search=SEARCHES,
    conditions=st.sampled_from([(), (Condition("archived", "eq", ("false",)),), (Condition("name", "like", ("a%",)),)]),
    sort=st.builds(Sort, st.sampled_from(["created_at", "name"]), st.booleans()),
)
def test_searches_answer_as_the_reference(
    database: Database, names: list[tuple[str, bool]], search: str, conditions: Any, sort: Sort
) -> None:
    account = f"acc_{uuid4().hex}"
    customers = [
        a_customer(
            account=account,
            id=f"cust_{n}",
            name=name,
            email=None,
            archived_at=NOW if archived else None,
            created_at=NOW + timedelta(seconds=n // 2),
        )
        for n, (name, archived) in enumerate(names)
    ]
    put_found(database, customers)
    asked = searching(search, conditions=conditions, sorts=(sort,), per_page=5)
    pages = walk(DynamoStore(database, EVENTS_KEPT), account, asked, kind=Customer)
    assert [each.id for page in pages for each in page.items] == [each.id for each in reference_list(customers, asked)]
    assert {page.total for page in pages} == {len(reference_list(customers, asked))}
