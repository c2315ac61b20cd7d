"""Lists of API keys, which lie under the hash of their secret."""

from dataclasses import replace
from datetime import timedelta

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.operations.lists.query import ListQuery, Sort
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.store import DynamoStore
from tests.builders import NOW, an_api_key
from tests.storage.conftest import EVENTS_KEPT
from tests.storage.listing import put, requests_of, walk

COUNT = 120


@pytest.fixture
def keys(database: Database, account: str) -> list[ApiKey]:
    """Those of one account and mode, oldest first; keys of the other mode and of another account lie among them."""
    own = [
        an_api_key(
            hash=f"{number * 7919 % 1000:03} {account}",
            id=f"key_{number:03}",
            account=account,
            created_at=NOW + timedelta(seconds=number),
            revoked_at=NOW if number % 3 else None,
        )
        for number in range(COUNT)
    ]
    others = [replace(key, hash=f"{key.hash} {end}", account=account + end) for key in own for end in ("#test", "x")]
    put(database, [*own, *others])
    return own


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("per_page", [7, 50, 100])
def test_pages_have_every_key_once_in_order_of_creation(
    database: Database, account: str, keys: list[ApiKey], per_page: int, *, descending: bool
) -> None:
    store = DynamoStore(database, EVENTS_KEPT)
    query = ListQuery(sorts=(Sort(CREATED, descending=descending),), per_page=per_page)
    pages = walk(store, account, query, kind=ApiKey)
    assert [key for page in pages for key in page.items] == (keys[::-1] if descending else keys)
    assert {page.total for page in pages} == {COUNT}
    assert [page.page for page in pages] == list(range(1, len(pages) + 1))
    last = replace(query, page=len(pages))
    assert [page.items for page in walk(store, account, last, kind=ApiKey, back=True)] == [
        page.items for page in reversed(pages)
    ]


def test_a_page_by_offset(database: Database, account: str, keys: list[ApiKey]) -> None:
    page = DynamoStore(database, EVENTS_KEPT).page_of(ApiKey, account, ListQuery(offset=3, per_page=2))
    assert (page.items, page.has_next, page.has_previous) == ((keys[-4], keys[-5]), True, False)


def test_a_page_costs_the_same_however_many_keys_there_were(
    database: Database, account: str, keys: list[ApiKey]
) -> None:
    store = DynamoStore(database, EVENTS_KEPT)
    with requests_of(database) as sent:
        store.page_of(ApiKey, account, ListQuery(per_page=10))
    assert sent == ["Query", "BatchGetItem", "Query"]
