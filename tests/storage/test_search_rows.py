"""The rows of an entity are those of its words at last, whoever writes at once or dies half-way."""

from dataclasses import replace

import pytest

from invoicing.domain.lists.search import words_of
from invoicing.domain.lists.search_rows import SearchRow, SearchWords
from invoicing.domain.parties.customer import Customer
from invoicing.operations.customers.update_customer import update_customer
from invoicing.operations.lists.query import Condition, ListQuery
from invoicing.operations.reactions.update_search import update_search
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds import record_of
from invoicing.storage.store import DynamoStore
from tests.builders import NOW, a_customer, an_event
from tests.fakes import Crash
from tests.storage.conftest import EVENTS_KEPT, ON_DYNAMODB_LOCAL
from tests.storage.due_site import Dying
from tests.storage.site import Site, at_once

CUSTOMER = "cust_123"


def keep_up(site: Site, store: object = None) -> None:
    event = an_event("customer.updated", a_customer(account=site.account))
    update_search(site.at(NOW, store), [event])


def rename(site: Site, name: str) -> None:
    run_use_case(site.uow, lambda uow: update_customer(uow, CUSTOMER, {"name": name}))


def rows(database: Database, account: str) -> set[str]:
    """The ids of all rows of an account."""
    request = {
        "TableName": record_of(SearchRow).Meta.table_name,
        "KeyConditionExpression": "pk = :account AND begins_with(sk, :kind)",
        "ExpressionAttributeValues": {":account": {"S": account}, ":kind": {"S": "Customer#"}},
        "ConsistentRead": True,
    }
    return {item["sk"]["S"] for item in database.items(request)}


def assert_right(database: Database, site: Site) -> None:
    customer = site.store.find(Ref(Customer, site.account, CUSTOMER))
    known = site.store.find(Ref(SearchWords, site.account, f"Customer#{CUSTOMER}"))
    assert customer
    assert known
    assert known.words == words_of(customer)
    assert rows(database, site.account) == known.rows.keys()


@ON_DYNAMODB_LOCAL
def test_rows_are_right_after_any_number_of_writers(local_tables: Database, account: str) -> None:
    site = Site(DynamoStore(local_tables, EVENTS_KEPT), account)

    def change(number: int) -> None:
        rename(site, f"Name{number} of {number % 3}")
        keep_up(site)

    at_once(8, change)
    assert_right(local_tables, site)


@pytest.mark.parametrize("calls", range(8))
def test_what_dies_half_way_is_done_when_the_event_comes_again(database: Database, account: str, calls: int) -> None:
    site = Site(DynamoStore(database, EVENTS_KEPT), account)
    keep_up(site)
    before = rows(database, account)
    rename(site, "Somebody Else")
    try:
        keep_up(site, Dying(site.store, calls))
    except Crash:
        expected = {row.split("\x1f")[0] for row in rows(database, account)}
        assert expected in (
            {row.split("\x1f")[0] for row in before},
            {f"Customer#{word}" for word in words_of(_customer(site))},
        ), "all rows or none"
    keep_up(site)
    assert_right(database, site)


def _customer(site: Site) -> Customer:
    customer = site.store.find(Ref(Customer, site.account, CUSTOMER))
    assert customer
    return customer


def test_an_old_row_shows_nothing_that_is_not_so(database: Database, account: str) -> None:
    """Until its words follow, a customer is found by its new name only beside a word that it had before."""
    site = Site(DynamoStore(database, EVENTS_KEPT), account)
    rename(site, "First Name")
    keep_up(site)
    rename(site, "Last Name")
    for text, found in (("first", 0), ("name", 1), ("last", 0), ("name first", 0), ("name last", 1)):
        query = ListQuery(conditions=(Condition("search", "eq", (text,)),))
        page = site.store.page_of(Customer, account, query)
        assert len(page.items) == found, text
    keep_up(site)
    page = site.store.page_of(Customer, account, replace(query, conditions=(Condition("search", "eq", ("last",)),)))
    assert [customer.name for customer in page.items] == ["Last Name"]
