"""Lists from indexes: their cost does not grow, and what no index serves is read within a budget or refused."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest

from invoicing.domain.errors import InvalidRequest
from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.numbering.series import NumberReservation
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.operations.lists.sort_texts import amount_text
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds.invoices import InvoiceRecord
from invoicing.storage.lists import page as list_page
from invoicing.storage.store import DynamoStore
from tests.builders import NOW, an_event, an_invoice
from tests.storage.conftest import EVENTS_KEPT
from tests.storage.listing import many_alike, put, requests_of, walk

SORTS = ["created_at", "due_date", "issue_date", "amount", "invoice_number"]
ALONE = [
    ListQuery(),
    *(ListQuery(sorts=(Sort(field, descending),)) for field in SORTS for descending in (True, False)),
    ListQuery(conditions=(Condition("customer_id", "eq", ("cust_1",)),)),
    ListQuery(conditions=(Condition("status", "eq", ("overdue",)),)),
    ListQuery(conditions=(Condition("status", "eq", ("overdue",)),), sorts=(Sort("due_date", descending=False),)),
    ListQuery(
        conditions=(Condition("status", "eq", ("overdue",)), Condition("due_date", "lt", ("2026-06-01",))),
        sorts=(Sort("due_date", descending=False),),
    ),
    ListQuery(
        conditions=(Condition("customer_id", "eq", ("cust_1",)), Condition("created_at", "gte", ("2026-01-01",)))
    ),
    ListQuery(conditions=(Condition("currency", "eq", ("USD",)),)),
    ListQuery(conditions=(Condition("due_date", "eq", ("2026-01-01",)),)),
    ListQuery(conditions=(Condition("issue_date", "eq", ("2026-01-01",)),)),
    ListQuery(conditions=(Condition("amount", "eq", (amount_text(Decimal(5)),)),)),
    ListQuery(conditions=(Condition("created_at", "gte", ("2026-01-01",)),)),
    *(
        ListQuery(conditions=(Condition(field, "gte", (value,)),), sorts=(Sort(field, descending=True),))
        for field, value in (
            ("amount", amount_text(Decimal(1))),
            ("due_date", "2026-01-01"),
            ("issue_date", "2026-01-01"),
        )
    ),
    ListQuery(
        conditions=(Condition("invoice_number", "like", ("INV-%",)),), sorts=(Sort("invoice_number", descending=False),)
    ),
]


@pytest.mark.slow
def test_every_filter_and_sort_alone_costs_the_same_at_any_depth(database: Database) -> None:
    account = f"acc_{uuid4().hex}"
    put(database, many_alike(account, 130))
    store = DynamoStore(database, EVENTS_KEPT)
    for query in ALONE:
        with requests_of(database) as sent:
            page = store.page_of(Invoice, account, query)
        assert (len(page.items), page.total) == (20, 130), query
        assert sent == ["Query", "BatchGetItem", "Query"], query
        while page.has_next:
            with requests_of(database) as sent:
                page = store.page_of(Invoice, account, replace(query, cursor=page.next_cursor))
            assert sent == ["Query", "BatchGetItem"], query
        assert page.page == 7
        with requests_of(database) as sent:
            assert len(store.page_of(Invoice, account, replace(query, page=3)).items) == 20
        assert sent == ["Query", "BatchGetItem", "Query"], query


def test_numbers_of_credit_notes_are_passed_over(database: Database) -> None:
    """They lie before, among and behind those of invoices: each number exists once."""
    account = f"acc_{uuid4().hex}"
    numbers = [f"{prefix}-{number:06}" for prefix in ("CN", "INV-000007-CN", "Z") for number in range(40)]
    taken = [
        NumberReservation(account=account, id=number, document_type="credit_note", taken_by=f"cn_{number}")
        for number in numbers
    ]
    put(database, [*many_alike(account, 30), *taken])
    store = DynamoStore(database, EVENTS_KEPT)
    for descending in (False, True):
        query = ListQuery(sorts=(Sort("invoice_number", descending),), per_page=8)
        with requests_of(database) as sent:
            pages = walk(store, account, query)
        assert [len(page.items) for page in pages] == [8, 8, 8, 6]
        assert {page.total for page in pages} == {30}
        found = [invoice.number for page in pages for invoice in page.items]
        assert found == [f"INV-{number:06}" for number in sorted(range(30), reverse=descending)]
        assert len(sent) <= 4 * 3 + 1


def test_several_values_cost_a_request_each(database: Database) -> None:
    account = f"acc_{uuid4().hex}"
    put(database, many_alike(account, 30))
    store = DynamoStore(database, EVENTS_KEPT)
    query = ListQuery(conditions=(Condition("status", "in", ("overdue", "sent", "paid")),))
    with requests_of(database) as sent:
        assert len(store.page_of(Invoice, account, query).items) == 20
    assert sent == ["Query"] * 3 + ["BatchGetItem"]
    put(database, many_alike(account, 120))
    with requests_of(database) as sent:
        assert store.page_of(Invoice, account, query).total == 120
    assert sent == ["Query"] * 3 + ["BatchGetItem"] + ["Query"] * 3


@pytest.mark.parametrize(("count", "requests"), [(20, 2), (99, 2), (100, 3)])
def test_a_short_list_is_counted_with_its_first_page(database: Database, count: int, requests: int) -> None:
    account = f"acc_{uuid4().hex}"
    put(database, many_alike(account, count))
    store = DynamoStore(database, EVENTS_KEPT)
    with requests_of(database) as sent:
        page = store.page_of(Invoice, account, ListQuery(page=2, per_page=10))
    assert (page.total, len(sent)) == (count, requests)


@pytest.fixture
def small_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_page, "MOST_CANDIDATES", 50)


BROAD = [
    (
        ListQuery(conditions=(Condition("amount", "gte", (amount_text(Decimal(1)),)),)),
        ["sort=amount", "customer_id"],
    ),
    (
        ListQuery(conditions=(Condition("status", "eq", ("overdue",)), Condition("currency", "eq", ("USD",)))),
        ["customer_id"],
    ),
    (ListQuery(sorts=(Sort("amount", descending=True), Sort("created_at", descending=False))), ["sort=amount"]),
]


@pytest.mark.usefixtures("small_budget")
@pytest.mark.parametrize(("query", "advice"), BROAD)
def test_what_no_index_serves_is_read_within_the_budget_and_else_refused(
    database: Database, query: ListQuery, advice: list[str]
) -> None:
    account = f"acc_{uuid4().hex}"
    entities = many_alike(account, 51)
    put(database, entities[1:51])
    store = DynamoStore(database, EVENTS_KEPT)
    with requests_of(database) as sent:
        page = store.page_of(Invoice, account, query)
    assert (page.total, len(page.items), page.has_next) == (50, 20, True)
    assert len(sent) <= 3
    put(database, entities[:1])
    with requests_of(database) as sent, pytest.raises(InvalidRequest) as refused:
        store.page_of(Invoice, account, query)
    assert len(sent) <= list_page.MOST_PLANS
    assert refused.value.code == "QUERY_TOO_BROAD"
    assert all(words in refused.value.message for words in advice), refused.value.message


@pytest.mark.usefixtures("small_budget")
def test_beyond_the_budget_a_total_is_unknown_and_pages_are_reached_by_links_only(database: Database) -> None:
    account = f"acc_{uuid4().hex}"
    put(database, many_alike(account, 90))
    store = DynamoStore(database, EVENTS_KEPT)
    pages = walk(store, account, ListQuery())
    assert [len(page.items) for page in pages] == [20, 20, 20, 20, 10]
    assert {page.total for page in pages} == {None}
    with pytest.raises(InvalidRequest, match=r"links\.next"):
        store.page_of(Invoice, account, ListQuery(page=4))


def test_what_an_index_still_says_but_is_no_longer_so_is_left_out(database: Database) -> None:
    account = f"acc_{uuid4().hex}"
    invoices = many_alike(account, 3)[:3]
    put(database, invoices)
    stale = InvoiceRecord.of(invoices[1])
    paid = InvoiceRecord.of(replace(invoices[1], status=Status.PAID))
    item = stale | {"document": paid["document"]}
    database.dispatch("PutItem", {"TableName": InvoiceRecord.Meta.table_name, "Item": item})
    query = ListQuery(conditions=(Condition("status", "eq", ("overdue",)),))
    found = DynamoStore(database, EVENTS_KEPT).page_of(Invoice, account, query)
    assert [invoice.id for invoice in found.items] == ["inv_000002", "inv_000000"]


def test_what_is_added_or_gone_between_pages_moves_nothing_else(database: Database) -> None:
    account = f"acc_{uuid4().hex}"
    entities = many_alike(account, 9)[:9]
    put(database, entities[:7])
    store, query = DynamoStore(database, EVENTS_KEPT), ListQuery(per_page=3)
    first = store.page_of(Invoice, account, query)
    put(database, entities[7:])
    gone = entities[4]
    database.dispatch("DeleteItem", InvoiceRecord.get_operation_kwargs_from_class(gone.account, gone.id))
    second = store.page_of(Invoice, account, replace(query, cursor=first.next_cursor))
    assert [invoice.id[-1] for invoice in (*first.items, *second.items)] == ["6", "5", "4", "3", "2", "1"]


@pytest.mark.parametrize("cursor", ["", "x", "e30", "W10", "bnVsbA", "ü", "W251bGwsMSwiYSIsZmFsc2UsbnVsbF0"])
def test_a_cursor_of_nothing_is_refused(database: Database, account: str, cursor: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        DynamoStore(database, EVENTS_KEPT).page_of(Invoice, account, ListQuery(cursor=cursor))
    assert [detail.field for detail in refused.value.details] == ["cursor"]


def test_a_cursor_of_another_query_is_refused(database: Database, account: str) -> None:
    put(database, many_alike(account, 5))
    store, query = DynamoStore(database, EVENTS_KEPT), ListQuery(per_page=2)
    cursor = store.page_of(Invoice, account, query).next_cursor
    for other in (
        replace(query, per_page=3),
        replace(query, sorts=(Sort("created_at", descending=False),)),
        replace(query, conditions=(Condition("status", "eq", ("overdue",)),)),
    ):
        with pytest.raises(InvalidRequest, match="cursor"):
            store.page_of(Invoice, account, replace(other, cursor=cursor))
    assert store.page_of(Invoice, f"{account}x", replace(query, cursor=cursor)).items == ()


def _at(event: Event, sequence: int) -> Event:
    return replace(event, sequence=sequence)


def test_a_timeline_is_of_one_invoice_and_newest_first(database: Database, account: str) -> None:
    store, changes = DynamoStore(database, EVENTS_KEPT), ChangeSet()
    invoices = {name: an_invoice(account=account, id=name) for name in ("inv_1", "inv_11")}
    events = [
        an_event(kind, invoices[name], id=f"evt_{number}", occurred_at=NOW + timedelta(seconds=number))
        for number, (kind, name) in enumerate(
            [("invoice.created", "inv_1"), ("invoice.created", "inv_11"), ("invoice.updated", "inv_1")]
        )
    ]
    for invoice in invoices.values():
        changes.save(invoice)
    for event in events:
        changes.record(invoices[event.resource_id], partial(_at, event))
    store.commit(changes)
    events[2] = replace(events[2], sequence=2)
    of_one = Condition("resource_id", "eq", ("inv_1",))
    assert store.page_of(Event, account, ListQuery(conditions=(of_one,))).items == (events[2], events[0])
    updates = Condition("type", "eq", ("invoice.updated",))
    assert store.page_of(Event, account, ListQuery(conditions=(of_one, updates))).items == (events[2],)
    assert store.page_of(Event, f"{account}#test", ListQuery(conditions=(of_one,))).items == ()
