"""Totals of long lists come from list counters, kept by the real reaction; under threads, twice, in any order."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import batched
from typing import Any

import pytest

from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.lists.list_counter import ListCounter
from invoicing.domain.parties.customer import Customer
from invoicing.identifiers import new_id, new_secret
from invoicing.operations.lists.query import MOST_CANDIDATES, Condition, ListQuery, Operator, Sort
from invoicing.operations.reactions.update_totals import MOST_ENTITIES, update_totals
from invoicing.operations.unit_of_work import unit_of_work as work_module
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import name_tables
from invoicing.storage.lists import page as list_page
from invoicing.storage.store import DynamoStore
from tests.builders import ACTOR, NOW, a_customer, an_event
from tests.storage.conftest import EVENTS_KEPT, ON_DYNAMODB_LOCAL
from tests.storage.listing import many_alike, put, requests_of
from tests.storage.site import at_once
from tests.storage.tables import NAMES

MANY = MOST_CANDIDATES + 30


def count(store: DynamoStore, account: str, events: Sequence[Event]) -> int:
    counted = run_use_case(lambda changes: a_uow(store, account, changes), lambda uow: update_totals(uow, events))
    return counted.entities


def a_uow(store: DynamoStore, account: str, changes: ChangeSet) -> UnitOfWork:
    return UnitOfWork(
        account=account, actor=ACTOR, real_now=NOW, store=store, new_id=new_id, new_secret=new_secret, changes=changes
    )


def made(invoices: Sequence[Invoice]) -> list[Event]:
    return [an_event("invoice.created", invoice, id="evt") for invoice in invoices]


def of(field: str, *values: str, operator: Operator = "eq", **more: Any) -> ListQuery:
    return ListQuery(conditions=(Condition(field, operator, values),), **more)


def by(field: str, **more: Any) -> ListQuery:
    return ListQuery(sorts=(Sort(field, descending=True),), **more)


@pytest.fixture(scope="module")
def many(local_tables: Database) -> tuple[DynamoStore, str]:
    """An account of more invoices than are counted for a list: all overdue but 20, all counted."""
    name_tables(NAMES)
    account, store = "acc_many", DynamoStore(local_tables, EVENTS_KEPT)
    entities = many_alike(account, MANY)
    invoices = [*(replace(invoice, status=Status.SENT) for invoice in entities[:20]), *entities[20:MANY]]
    put(local_tables, [*invoices, *entities[MANY:]])
    for some in batched(made(invoices), MOST_ENTITIES, strict=False):
        assert count(store, account, some) == len(some)
    return store, account


@ON_DYNAMODB_LOCAL
@pytest.mark.parametrize(
    ("query", "total"),
    [
        (ListQuery(), MANY),
        (by("due_date"), MANY),
        (by("issue_date"), MANY),
        (by("amount"), MANY),
        (ListQuery(page=3, per_page=50), MANY),
        (of("status", "overdue"), MANY - 20),
        (of("status", "overdue", sorts=(Sort("due_date", descending=False),)), MANY - 20),
        (of("customer_id", "cust_1"), MANY),
        (of("currency", "USD"), MANY),
        (of("currency", "USD", operator="in"), MANY),
        (by("invoice_number"), None),
        (of("due_date", "2026-01-01"), None),
        (of("due_date", "2026-01-01", operator="gte", sorts=(Sort("due_date", descending=True),)), None),
    ],
)
def test_a_long_list_has_its_total_and_page_1_costs_at_most_three_requests(
    many: tuple[DynamoStore, str], local_tables: Database, query: ListQuery, total: int | None
) -> None:
    store, account = many
    with requests_of(local_tables) as sent:
        page = store.page_of(Invoice, account, query)
    assert (page.total, page.has_next) == (total, True)
    assert len(page.items) == query.per_page
    assert sent == (["Query", "BatchGetItem"] if total else ["Query", "BatchGetItem", "Query"])
    following = store.page_of(Invoice, account, replace(query, cursor=page.next_cursor, page=1))
    assert following.total == total


@ON_DYNAMODB_LOCAL
def test_counters_of_several_values_are_added_up(many: tuple[DynamoStore, str], local_tables: Database) -> None:
    store, account = many
    with requests_of(local_tables) as sent:
        page = store.page_of(Invoice, account, of("status", "overdue", "sent", "overdue", "paid", operator="in"))
    assert page.total == MANY
    assert sent == ["Query", "Query", "Query", "BatchGetItem"]
    assert store.page_of(Invoice, account, of("status", "sent")).total == 20


@pytest.mark.parametrize("per_page", [9, 10])
@pytest.mark.parametrize("entity_count", [8, 11, 15, 16, 18])
def test_the_largest_page_costs_three_requests_too(
    database: Database, account: str, monkeypatch: pytest.MonkeyPatch, per_page: int, entity_count: int
) -> None:
    """As many entities as one request reads leave no room for a counter beside them."""
    monkeypatch.setattr(list_page, "MOST_IN_BATCH", 10)
    monkeypatch.setattr(list_page, "MOST_CANDIDATES", 15)
    invoices = many_alike(account, entity_count)[:entity_count]
    put(database, invoices)
    store = DynamoStore(database, EVENTS_KEPT)
    for some in batched(made(invoices), MOST_ENTITIES, strict=False):
        count(store, account, some)
    for counted in (True, False):
        if not counted:
            counter = store.find(Ref(ListCounter, account, "invoices"))
            assert counter
            put(database, [replace(counter, counts={"": 1})])
        with requests_of(database) as sent:
            page = store.page_of(Invoice, account, ListQuery(per_page=per_page))
        assert page.total == (entity_count if counted or entity_count <= 15 else None)
        assert (len(page.items), page.has_next) == (min(entity_count, per_page), entity_count > per_page)
        assert len(sent) <= 3


def test_a_short_list_is_right_at_once_whatever_counters_say(database: Database, account: str) -> None:
    store = DynamoStore(database, EVENTS_KEPT)
    put(database, many_alike(account, 45)[:45])
    put(database, [ListCounter(account=account, id="invoices", version=1, counts={"": 7})])
    assert store.page_of(Invoice, account, ListQuery()).total == 45
    assert store.page_of(Invoice, account, ListQuery(page=3)).total == 45
    assert store.page_of(Invoice, account, ListQuery(page=4)).total == 45


@pytest.mark.parametrize("counter", [0, 50, 51, 59, 60, 61, 90, 95])
def test_a_figure_far_behind_is_no_total(
    database: Database, account: str, monkeypatch: pytest.MonkeyPatch, counter: int
) -> None:
    monkeypatch.setattr(list_page, "MOST_CANDIDATES", 50)
    store = DynamoStore(database, EVENTS_KEPT)
    put(database, many_alike(account, 90)[:90])
    put(database, [ListCounter(account=account, id="invoices", version=1, counts={"": counter})])
    first = store.page_of(Invoice, account, ListQuery())
    assert first.total == (counter if counter > 50 else None)
    third = store.page_of(Invoice, account, ListQuery(page=3))
    assert third.total == (counter if counter > 60 else None), "61 keys were read for page 3"


def test_customers_are_counted_by_whether_they_are_archived(
    database: Database, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_page, "MOST_CANDIDATES", 5)
    store = DynamoStore(database, EVENTS_KEPT)
    customers = [
        a_customer(account=account, id=f"cust_{number}", archived_at=NOW if number < 8 else None)
        for number in range(17)
    ]
    put(database, customers)
    count(store, account, [an_event("customer.created", customer, id="evt") for customer in customers])
    for archived, total in (("true", 8), ("false", 9)):
        for sort in ("created_at", "name"):
            query = of("archived", archived, per_page=3, sorts=(Sort(sort, descending=True),))
            with requests_of(database) as sent:
                assert store.page_of(Customer, account, query).total == total
            assert sent == ["Query", "BatchGetItem"]
    named = Condition("name", "like", ("initech%",))
    query = replace(query, conditions=(*query.conditions, named))
    assert store.page_of(Customer, account, query).total is None


@ON_DYNAMODB_LOCAL
def test_the_same_batches_in_parallel_and_in_any_order_are_counted_once(
    local_store: DynamoStore, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_module, "PATIENCE", 60)
    invoices = many_alike(account, 12)[:12]
    sent = [replace(invoice, version=2, status=Status.SENT) for invoice in invoices]
    paid = [replace(invoice, version=3, status=Status.PAID) for invoice in invoices[:5]]
    gone = [an_event("invoice.deleted", invoice, sequence=3) for invoice in sent[9:]]
    changed = [an_event("invoice.sent", invoice, sequence=invoice.version) for invoice in (*sent, *paid)]
    told = [*made(invoices), *changed, *gone]

    def tell(index: int) -> None:
        order = random.Random(index // 2)  # each order twice, by two threads
        for some in batched(order.sample(told, len(told)), 7, strict=False):
            count(local_store, account, some)

    assert at_once(8, tell) == [None] * 8
    expected = {
        "invoices": {"": 9, "currency=USD": 9, "status=sent": 4, "status=paid": 5},
        "invoices#customer_id=cust_1": {"": 9},
    }
    found = local_store.find_together(*(Ref(ListCounter, account, name) for name in expected))
    assert {counter.id: counter.counts for counter in found if counter} == expected
