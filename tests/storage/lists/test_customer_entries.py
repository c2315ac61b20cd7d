"""Lists by customer and status: from candidates while a customer has few invoices, from entries once it has many."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import batched
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.lists import list_counter
from invoicing.domain.lists.list_counter import CountedState, ListCounter
from invoicing.operations.lists.query import Condition, ListPage, ListQuery, Sort
from invoicing.operations.reactions._enter_invoices import enter_invoices
from invoicing.operations.reactions.update_totals import MOST_ENTITIES, update_totals
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.lists import page as list_page
from invoicing.storage.store import DynamoStore
from tests.builders import an_event
from tests.examples import examples
from tests.reference_lists import reference_list
from tests.storage.conftest import EVENTS_KEPT, ON_DYNAMODB_LOCAL
from tests.storage.listing import many_alike, put, requests_of, walk
from tests.storage.lists.test_list_equivalence import SORTS, many_invoices
from tests.storage.site import at_once
from tests.storage.test_list_counters import a_uow

COUNTER = "invoices#customer_id=cust_1"


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_counter, "MANY", 3)
    monkeypatch.setattr(list_page, "MOST_CANDIDATES", 9)


def tell(store: DynamoStore, account: str, events: Sequence[Event]) -> None:
    """What `update_totals` does with some messages."""
    for some in batched(events, MOST_ENTITIES, strict=False):
        counted = run_use_case(
            lambda changes: a_uow(store, account, changes),
            lambda uow, some=some: update_totals(uow, some),  # type: ignore[misc]
        )
        for customer in counted.growing:
            enter_invoices(a_uow(store, account, ChangeSet()), customer)


def told(invoices: Sequence[Invoice]) -> list[Event]:
    return [an_event("invoice.sent", each, id="evt", sequence=each.version) for each in invoices]


def several(account: str, count: int, **more: Any) -> list[Invoice]:
    """Invoices of one customer that differ in everything that lists sort by, and in state."""
    states = [Status.SENT, Status.PAID, Status.SENT]
    return [
        replace(
            invoice,
            status=states[number % 3],
            total=number * 37 % 11 * 100,
            due_date=invoice.due_date + timedelta(days=number * 5 % 7),
            issue_date=invoice.issue_date + timedelta(days=number * 3 % 5),
            **more,
        )
        for number, invoice in enumerate(many_alike(account, count)[:count])
    ]


def query(*states: str, sort: str = "created_at", descending: bool = True, **more: Any) -> ListQuery:
    of_state = Condition("status", "eq" if len(states) == 1 else "in", states)
    return ListQuery(
        conditions=(Condition("customer_id", "eq", ("cust_1",)), of_state), sorts=(Sort(sort, descending),), **more
    )


def ids(pages: Sequence[ListPage[Any]]) -> list[str]:
    return [invoice.id for page in pages for invoice in page.items]


def counter_of(store: DynamoStore, account: str) -> ListCounter:
    found = store.find(Ref(ListCounter, account, COUNTER))
    assert found
    return found


def test_a_customers_list_by_status_costs_the_same_in_any_order_at_any_depth(database: Database, account: str) -> None:
    invoices = several(account, 30)
    put(database, invoices)
    store = DynamoStore(database, EVENTS_KEPT)
    tell(store, account, told(invoices))
    assert counter_of(store, account).counts == {"": 30, "status=paid": 10, "status=sent": 20}
    for sort in SORTS:
        for descending in (True, False):
            asked = query("sent", sort=sort, descending=descending, per_page=6)
            with requests_of(database) as sent:
                pages = walk(store, account, asked)
            assert ids(pages) == [invoice.id for invoice in reference_list(invoices, asked)], sort
            assert [page.total for page in pages] == [None if sort == "invoice_number" else 20] * 4
            first = ["BatchGetItem", "Query", "BatchGetItem"] + ["Query"] * (sort == "invoice_number")
            assert sent == first + ["Query", "BatchGetItem"] * 3
            back = walk(store, account, replace(asked, cursor=pages[2].next_cursor), back=True)
            assert ids(back[::-1]) == ids(pages)
    with requests_of(database) as sent:
        assert (
            ids([store.page_of(Invoice, account, query("sent", per_page=6, page=2))]) == ids(pages_of(invoices))[6:12]
        )
    assert sent == ["BatchGetItem", "Query", "BatchGetItem"]
    both = query("sent", "paid", "overdue", sort="due_date", per_page=100)
    with requests_of(database) as sent:
        page = store.page_of(Invoice, account, both)
    assert ids([page]) == [invoice.id for invoice in reference_list(invoices, both)]
    assert (page.total, sent) == (30, ["BatchGetItem", *["Query"] * 3, "BatchGetItem"])


def pages_of(invoices: Sequence[Invoice]) -> list[ListPage[Any]]:
    """The list of sent invoices as one page."""
    found = reference_list(list(invoices), query("sent"))
    return [ListPage(items=tuple(found), page=1, total=len(found), has_next=False, has_previous=False)]


def test_a_range_of_dates_is_one_of_the_keys(database: Database, account: str) -> None:
    invoices = several(account, 30)
    put(database, invoices)
    store = DynamoStore(database, EVENTS_KEPT)
    tell(store, account, told(invoices))
    asked = query("sent", sort="due_date", per_page=5)
    asked = replace(asked, conditions=(*asked.conditions, Condition("due_date", "gte", ("2026-01-04",))))
    with requests_of(database) as sent:
        pages = walk(store, account, asked)
    assert ids(pages) == [invoice.id for invoice in reference_list(invoices, asked)]
    assert sent[:4] == ["BatchGetItem", "Query", "BatchGetItem", "Query"]


def test_few_invoices_have_no_entries_and_are_listed_at_once(database: Database, account: str) -> None:
    store, invoices = DynamoStore(database, EVENTS_KEPT), several(account, 2)
    put(database, invoices)
    tell(store, account, told(invoices))
    assert counter_of(store, account) == ListCounter(account=account, id=COUNTER, version=1, counts={"": 2})
    assert not any(state and state.is_entered for state in states_of(store, invoices))
    put(database, [replace(invoices[0], status=Status.PAID)])
    assert ids([store.page_of(Invoice, account, query("paid"))]) == ["inv_000001", "inv_000000"], (
        "before the event is counted"
    )


def states_of(store: DynamoStore, invoices: Sequence[Invoice]) -> tuple[CountedState | None, ...]:
    return store.find_together(*(Ref(CountedState, invoice.account, invoice.id) for invoice in invoices))


def test_an_invoice_moves_with_its_state_and_leaves_when_it_is_gone(database: Database, account: str) -> None:
    store, invoices = DynamoStore(database, EVENTS_KEPT), several(account, 8)
    put(database, invoices)
    tell(store, account, told(invoices))
    paid = replace(invoices[0], status=Status.PAID, version=9)
    put(database, [paid])
    assert paid.id not in ids([store.page_of(Invoice, account, query("sent"))]), "what is outdated is left out"
    tell(store, account, told([paid]))
    assert paid.id in ids([store.page_of(Invoice, account, query("paid"))])
    tell(store, account, [an_event("invoice.deleted", paid, id="evt", sequence=10)])
    with requests_of(database) as sent:
        page = store.page_of(Invoice, account, query("paid"))
    assert (ids([page]), page.total, len(sent)) == (["inv_000007", "inv_000004", "inv_000001"], 3, 3)
    other = replace(invoices[2], buyer=replace(invoices[2].buyer, id="cust_2"), version=11)
    put(database, [other])
    tell(store, account, told([other]))
    assert counter_of(store, account).counts == {"": 6, "status=sent": 3, "status=paid": 3}
    assert other.id not in ids([store.page_of(Invoice, account, query("sent"))])


def test_an_invoice_that_the_index_has_not_yet_is_entered_the_next_time(database: Database, account: str) -> None:
    store, invoices = DynamoStore(database, EVENTS_KEPT), several(account, 5)
    put(database, invoices)
    real = store.page_of

    def behind(*asked: Any) -> ListPage[Any]:
        page = real(*asked)
        return replace(page, items=tuple(each for each in page.items if each.id != "inv_000001"))

    with patch.object(store, "page_of", behind):
        tell(store, account, told(invoices))
    assert counter_of(store, account).entered is False
    assert "inv_000001" in ids([store.page_of(Invoice, account, query("paid"))]), "candidates are looked at"
    again = replace(invoices[4], version=2)
    put(database, [again])
    tell(store, account, told([again]))
    assert counter_of(store, account).entered is True
    with requests_of(database) as sent:
        assert "inv_000001" in ids([store.page_of(Invoice, account, query("paid"))])
    assert sent == ["BatchGetItem", "Query", "BatchGetItem"]


@settings(max_examples=examples(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(invoices=many_invoices(), data=st.data())
def test_entries_say_what_looking_at_everything_gives(
    database: Database, invoices: list[Invoice], data: st.DataObject
) -> None:
    account = f"acc_{data.draw(st.uuids()).hex}"
    own = [replace(invoice, account=account, buyer=replace(invoice.buyer, id="cust_1")) for invoice in invoices]
    put(database, own)
    store = DynamoStore(database, EVENTS_KEPT)
    tell(store, account, data.draw(st.permutations(told(own))))
    states = data.draw(st.lists(st.sampled_from([*map(str, Status)]), min_size=1, max_size=3, unique=True))
    asked = query(
        *states,
        sort=data.draw(st.sampled_from(SORTS)),
        descending=data.draw(st.booleans()),
        per_page=data.draw(st.integers(1, 5)),
    )
    expected = reference_list(own, asked)
    pages = walk(store, account, asked)
    assert ids(pages) == [invoice.id for invoice in expected]
    assert {page.total for page in pages} <= {len(expected), None}


@ON_DYNAMODB_LOCAL
def test_of_many_who_count_and_enter_at_once_none_is_lost(
    local_store: DynamoStore, local_tables: Database, account: str
) -> None:
    invoices = several(account, 24)
    put(local_tables, invoices)
    later = [replace(invoice, status=Status.PAID, version=2) for invoice in invoices[::2]]
    put(local_tables, later)
    events = told([*invoices, *later])
    assert at_once(6, lambda index: tell(local_store, account, events[index::3])) == [None] * 6
    tell(local_store, account, told([replace(later[0], version=3)]))
    counter = counter_of(local_store, account)
    assert (counter.entered, counter.counts) == (True, {"": 24, "status=paid": 16, "status=sent": 8})
    now = [*later, *invoices[1::2]]
    for state in ("paid", "sent"):
        asked = query(state, sort="amount", per_page=7)
        pages = walk(local_store, account, asked)
        assert ids(pages) == [invoice.id for invoice in reference_list(now, asked)]
