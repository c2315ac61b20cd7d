"""Pages of the customer ledger, compared with looking at every entry."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicing.domain.errors import InvalidRequest
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.identifiers import first_id
from invoicing.operations.lists.query import Condition, ListPage, ListQuery, Operator, Sort
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.storage import ledger_page
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import name_tables
from invoicing.storage.ledger import DynamoLedger
from invoicing.storage.store import DynamoStore
from tests.examples import examples
from tests.operations.settling import a_credit, an_entry
from tests.reference_lists import reference_list
from tests.storage.conftest import EVENTS_KEPT, ON_DYNAMODB_LOCAL
from tests.storage.listing import requests_of
from tests.storage.tables import NAMES

BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entries_of(account: str, count: int = 40) -> list[LedgerEntry]:
    """Several on each date, some of them recorded days before or after it."""
    return [
        an_entry(
            account=account,
            id=f"{first_id('ent', recorded)}70008123456789abcdef",
            date=(recorded + timedelta(days=(0, 0, -3, 5)[number % 4])).date(),
            movement=(Movement.INVOICE, Movement.PAYMENT, Movement.REFUND)[number % 3],
            currency=("USD", "EUR")[number // 5 % 2],
            invoice_id=f"inv_{number % 7}" if number % 2 else None,
            amount=number,
            created_at=recorded,
        )
        for number in range(count)
        for recorded in [BEGIN + timedelta(hours=11 * number)]
    ]


def keep(database: Database, *entities: Any) -> None:
    store = DynamoStore(database, EVENTS_KEPT)
    for start in range(0, len(entities), 90):
        changes = ChangeSet()
        for entity in entities[start : start + 90]:
            changes.save(entity)
        store.commit(changes)


@pytest.fixture(scope="module")
def kept(local_tables: Database) -> tuple[DynamoLedger, str, list[LedgerEntry]]:
    name_tables(NAMES)
    account = f"acc_{uuid4().hex}"
    entries = entries_of(account)
    others = [replace(entry, customer_id="cust_1234") for entry in entries[:5]]
    keep(local_tables, *entries, *others, a_credit(5, account=account))
    return DynamoLedger(local_tables), account, entries


def walk(ledger: DynamoLedger, account: str, query: ListQuery) -> Iterator[ListPage[LedgerEntry]]:
    page = ledger.page(account, "cust_123", query)
    yield page
    while page.next_cursor:
        page = ledger.page(account, "cust_123", replace(query, cursor=page.next_cursor))
        yield page


DAYS = st.integers(-2, 25).map(lambda day: (BEGIN + timedelta(days=day)).date().isoformat())
OPERATORS: list[Operator] = ["eq", "ne", "gt", "gte", "lt", "lte"]
CONDITIONS = st.lists(
    st.builds(lambda operator, day: Condition("date", operator, (day,)), st.sampled_from(OPERATORS), DAYS)
    | st.builds(lambda days: Condition("date", "in", tuple(days)), st.lists(DAYS, min_size=1, max_size=4))
    | st.sampled_from(
        [
            Condition("type", "eq", ("payment",)),
            Condition("type", "in", ("payment", "refund")),
            Condition("currency", "ne", ("EUR",)),
            Condition("invoice_id", "eq", ("inv_3",)),
            Condition("invoice_id", "ne", ("inv_3",)),
        ]
    ),
    max_size=3,
).map(tuple)
QUERIES = st.builds(
    lambda conditions, down, per_page: ListQuery(
        conditions=conditions, sorts=(Sort("date", descending=down),), per_page=per_page
    ),
    CONDITIONS,
    st.booleans(),
    st.sampled_from((5, 13, 40, 100)),
)


@ON_DYNAMODB_LOCAL
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60), deadline=None)
@given(QUERIES)
def test_pages_are_all_that_passes_in_order_forth_and_back(
    kept: tuple[DynamoLedger, str, list[LedgerEntry]], query: ListQuery
) -> None:
    ledger, account, entries = kept
    expected = reference_list(entries, query)
    pages = list(walk(ledger, account, query))
    assert [entry for page in pages for entry in page.items] == expected
    assert all(len(page.items) == query.per_page for page in pages[:-1])
    for number, page in enumerate(pages):
        assert (page.page, page.has_next) == (number + 1, number < len(pages) - 1)
        numbered = ledger.page(account, "cust_123", replace(query, page=number + 1))
        assert (numbered.items, numbered.has_next) == (page.items, page.has_next)
        if page.previous_cursor:
            back = ledger.page(account, "cust_123", replace(query, cursor=page.previous_cursor))
            assert (back.items, back.page) == (pages[number - 1].items, number)
    by_date_only = all(
        item.field == "date" and item.operator in OPERATORS and item.operator != "ne" for item in query.conditions
    )
    assert pages[0].total == (len(expected) if by_date_only or len(pages) == 1 else None)


@ON_DYNAMODB_LOCAL
def test_an_offset_skips_as_many(kept: tuple[DynamoLedger, str, list[LedgerEntry]]) -> None:
    ledger, account, entries = kept
    query = ListQuery(sorts=(Sort("date", descending=True),), per_page=5, page=2, offset=3)
    page = ledger.page(account, "cust_123", query)
    assert list(page.items) == reference_list(entries, query)[3:8]
    assert (page.total, page.has_previous) == (40, True)


def test_a_new_entry_is_on_the_first_page_at_once(database: Database, account: str) -> None:
    ledger, query = DynamoLedger(database), ListQuery(sorts=(Sort("date", descending=True),), per_page=1)
    for entry in entries_of(account, 3):
        keep(database, entry)
        assert ledger.page(account, "cust_123", query).items == (entry,) or entry.date < date(2026, 3, 1)


@pytest.mark.parametrize(("count", "total"), [(20, 20), (21, None)])
def test_it_is_counted_up_to_the_most(
    database: Database, account: str, monkeypatch: pytest.MonkeyPatch, count: int, total: int | None
) -> None:
    monkeypatch.setattr(ledger_page, "MOST_CANDIDATES", 20)
    keep(database, *entries_of(account, count))
    ledger, query = DynamoLedger(database), ListQuery(sorts=(Sort("date", descending=True),), per_page=5)
    with requests_of(database) as sent:
        first = ledger.page(account, "cust_123", query)
    assert (first.total, sent) == (total, ["Query", "Query"])
    with requests_of(database) as sent:
        second = ledger.page(account, "cust_123", replace(query, cursor=first.next_cursor))
    assert (second.total, sent) == (total, ["Query"])
    for deep in (replace(query, page=6), replace(query, page=6, offset=25)):
        with pytest.raises(InvalidRequest) as refused:
            ledger.page(account, "cust_123", deep)
        assert refused.value.code == "QUERY_TOO_BROAD"


def test_a_filter_that_leaves_too_many_out_is_refused_until_a_period_is_given(
    database: Database, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_page, "MOST_EXAMINED", 20)
    keep(database, *entries_of(account))
    ledger = DynamoLedger(database)
    query = ListQuery(
        conditions=(Condition("invoice_id", "eq", ("inv_404",)),), sorts=(Sort("date", descending=True),), per_page=1
    )
    with pytest.raises(InvalidRequest) as refused:
        ledger.page(account, "cust_123", query)
    assert (refused.value.code, refused.value.details[0].field) == ("QUERY_TOO_BROAD", "start_date")
    period = Condition("date", "gte", ("2026-03-14",))
    with requests_of(database) as sent:
        assert ledger.page(account, "cust_123", replace(query, conditions=(*query.conditions, period))).items == ()
    assert sent in (["Query"], ["Query", "Query"])


@ON_DYNAMODB_LOCAL
def test_a_cursor_of_another_query_is_refused(kept: tuple[DynamoLedger, str, list[LedgerEntry]]) -> None:
    ledger, account, _ = kept
    query = ListQuery(sorts=(Sort("date", descending=True),), per_page=5)
    cursor = ledger.page(account, "cust_123", query).next_cursor
    with pytest.raises(InvalidRequest) as refused:
        ledger.page(account, "cust_123", replace(query, per_page=6, cursor=cursor))
    assert refused.value.code == "INVALID_QUERY"
