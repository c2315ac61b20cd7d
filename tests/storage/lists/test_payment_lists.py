"""Lists of payments: what an index serves costs the same at any depth, and all is what looking at everything gives."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicing.domain.errors import InvalidRequest
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Payment, PaymentStatus
from invoicing.operations.lists.query import Condition, ListQuery, Operator, Sort
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import Store
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.lists import page as list_page
from invoicing.storage.store import DynamoStore
from tests.builders import NOW, a_payment
from tests.examples import examples
from tests.reference_lists import reference_list, reference_page
from tests.storage.conftest import EVENTS_KEPT
from tests.storage.listing import put, requests_of, walk

DAY = date(2026, 1, 1)
OF_CUSTOMER = Condition("customer_id", "eq", ("cust_123",))
FROM, TO = Condition("payment_date", "gte", ("2026-01-01",)), Condition("payment_date", "lte", ("2026-01-31",))
BY_DATE = (Sort("payment_date", descending=True),)
SERVED = [
    ListQuery(),
    ListQuery(sorts=(Sort("created_at", descending=False),)),
    ListQuery(sorts=BY_DATE),
    ListQuery(conditions=(FROM, TO), sorts=BY_DATE),
    ListQuery(conditions=(Condition("payment_date", "eq", ("2026-01-01",)),), sorts=BY_DATE),
    ListQuery(conditions=(Condition("created_at", "gte", ("2026-01-01",)),)),
    ListQuery(conditions=(OF_CUSTOMER,)),
    ListQuery(conditions=(OF_CUSTOMER,), sorts=BY_DATE),
    ListQuery(conditions=(OF_CUSTOMER, FROM, TO), sorts=BY_DATE),
]


def many_payments(account: str, count: int) -> list[Payment]:
    """Payments that differ in nothing but id and time of creation."""
    base = a_payment(account=account, payment_date=DAY)
    return [replace(base, id=f"pay_{n:06}", created_at=NOW + timedelta(seconds=n)) for n in range(count)]


@pytest.mark.parametrize("query", SERVED)
def test_what_an_index_serves_costs_the_same_at_any_depth(database: Database, query: ListQuery) -> None:
    account = f"acc_{uuid4().hex}"
    put(database, many_payments(account, 50))
    store = DynamoStore(database, EVENTS_KEPT)
    with requests_of(database) as sent:
        page = store.page_of(Payment, account, query)
    assert (len(page.items), page.total, sent) == (20, 50, ["Query", "BatchGetItem"])
    while page.has_next:
        with requests_of(database) as sent:
            page = store.page_of(Payment, account, replace(query, cursor=page.next_cursor))
        assert sent == ["Query", "BatchGetItem"]
    assert (page.page, len(page.items)) == (3, 10)
    with requests_of(database) as sent:
        page = store.page_of(Payment, account, replace(query, offset=33, page=3))
    assert (len(page.items), page.has_next, page.has_previous) == (17, False, True)
    assert sent == ["Query", "BatchGetItem"]


def test_what_no_index_serves_is_read_within_the_budget_and_else_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_page, "MOST_CANDIDATES", 30)
    account = f"acc_{uuid4().hex}"
    payments = many_payments(account, 31)
    put(database, payments[1:])
    store = DynamoStore(database, EVENTS_KEPT)
    query = ListQuery(conditions=(Condition("payment_method", "eq", ("bank_transfer",)),))
    assert store.page_of(Payment, account, query).total == 30
    put(database, payments[:1])
    with pytest.raises(InvalidRequest) as refused:
        store.page_of(Payment, account, query)
    assert refused.value.code == "QUERY_TOO_BROAD"
    assert "customer_id" in refused.value.message
    assert store.page_of(Payment, account, ListQuery(offset=30, page=3, per_page=20)).items == (payments[0],)
    with pytest.raises(InvalidRequest) as refused:
        store.page_of(Payment, account, ListQuery(offset=31, page=3, per_page=20))
    assert [(detail.field, detail.value) for detail in refused.value.details] == [("offset", "31")]


def test_an_offset_skips_so_many_and_links_go_on_from_there(database: Database) -> None:
    account = f"acc_{uuid4().hex}"
    put(database, many_payments(account, 9))
    store, query = DynamoStore(database, EVENTS_KEPT), ListQuery(per_page=3, offset=1, page=2)
    first = store.page_of(Payment, account, query)
    second = store.page_of(Payment, account, replace(query, cursor=first.next_cursor))
    back = store.page_of(Payment, account, replace(query, cursor=first.previous_cursor))
    assert [[payment.id[-1] for payment in page.items] for page in (first, second, back)] == [
        ["7", "6", "5"], ["4", "3", "2"], ["8"],
    ]  # fmt: skip
    assert (back.page, back.has_previous, back.has_next, first.total) == (1, False, True, 9)


def test_a_changed_payment_is_where_it_was_as_it_is_now(database: Database) -> None:
    account = f"acc_{uuid4().hex}"
    payments = many_payments(account, 2)
    put(database, payments)
    store, changes = DynamoStore(database, EVENTS_KEPT), ChangeSet()
    reversed_ = replace(payments[0], version=2, status=PaymentStatus.REVERSED)
    changes.save(reversed_)
    store.commit(changes)
    assert store.page_of(Payment, account, ListQuery()).items == (payments[1], reversed_)
    of_status = ListQuery(conditions=(Condition("status", "eq", ("reversed",)),))
    assert store.page_of(Payment, account, of_status).items == (reversed_,)


def test_certain_things_are_read_as_they_are_whatever_they_are(store: Store, account: str) -> None:
    payments, changes = many_payments(account, 4), ChangeSet()
    for payment in payments:
        changes.save(payment)
    changes.save(replace(payments[0], account=f"{account}#test"))
    store.commit(changes)
    ids = ["pay_404", *(payment.id for payment in payments[:3])]
    page = store.page_among(Payment, account, ids, ListQuery(per_page=2))
    assert (page.items, page.total, page.has_next) == ((payments[2], payments[1]), 3, True)
    page = store.page_among(Payment, account, ids, ListQuery(per_page=2, page=2))
    assert (page.items, page.has_next, page.has_previous) == ((payments[0],), False, True)
    assert store.page_among(Payment, account, [], ListQuery()).items == ()
    none = ListQuery(conditions=(Condition("status", "eq", ("refunded",)),))
    assert store.page_among(Payment, account, ids, none).total == 0


def test_a_request_reads_a_hundred_of_them(database: Database) -> None:
    account = f"acc_{uuid4().hex}"
    payments = many_payments(account, 130)
    put(database, payments)
    store = DynamoStore(database, EVENTS_KEPT)
    with requests_of(database) as sent:
        page = store.page_among(Payment, account, [payment.id for payment in payments], ListQuery(per_page=100))
    assert (len(page.items), page.total, sent) == (100, 130, ["BatchGetItem"] * 2)
    with pytest.raises(InvalidRequest):
        store.page_among(Payment, account, [], ListQuery(cursor="x"))


DAYS = [DAY + timedelta(days=number) for number in range(4)]
INSTANTS = [datetime(2026, 1, day, hour, 0, 0, 123456, tzinfo=UTC) for day in (1, 2) for hour in (0, 12)]
VALUES: dict[str, st.SearchStrategy[str]] = {
    "customer_id": st.sampled_from(["cust_1", "cust_2", "cust_404"]),
    "status": st.sampled_from([str(status) for status in PaymentStatus]),
    "currency": st.sampled_from(["USD", "JPY"]),
    "payment_method": st.sampled_from(["cash", "check", CUSTOMER_CREDIT]),
    "payment_date": st.sampled_from(DAYS).map(str),
    "created_at": st.sampled_from(["2026-01-01", "2026-01-02", "2026-01-01T12:00:00.123Z"]),
}
RANGES: list[Operator] = ["eq", "ne", "gt", "gte", "lt", "lte", "in"]
CHOICES: list[Operator] = ["eq", "ne", "in"]


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    field = draw(st.sampled_from(list(VALUES)))
    operator = draw(st.sampled_from(RANGES if field in {"payment_date", "created_at"} else CHOICES))
    most = 3 if operator == "in" else 1
    return Condition(field, operator, tuple(draw(st.lists(VALUES[field], min_size=1, max_size=most))))


@st.composite
def various_payments(draw: st.DrawFn) -> list[Payment]:
    return [
        a_payment(
            id=f"pay_{draw(st.integers(0, 9))}{number:03}",
            customer_id=draw(st.sampled_from(["cust_1", "cust_2"])),
            status=draw(st.sampled_from(list(PaymentStatus))),
            currency=draw(st.sampled_from(["USD", "JPY"])),
            method=draw(st.sampled_from(["cash", "check", CUSTOMER_CREDIT])),
            payment_date=draw(st.sampled_from(DAYS)),
            created_at=draw(st.sampled_from(INSTANTS)),
        )
        for number in range(draw(st.integers(0, 10)))
    ]


queries = st.builds(
    ListQuery,
    conditions=st.lists(conditions(), max_size=3).map(tuple),
    sorts=st.lists(
        st.builds(Sort, st.sampled_from(["created_at", "payment_date"]), st.booleans()),
        min_size=1,
        max_size=2,
        unique_by=lambda sort: sort.field,
    ).map(tuple),
    per_page=st.integers(1, 5),
)


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payments=various_payments(), query=queries, offset=st.integers(0, 12))
def test_a_list_is_what_looking_at_everything_gives(
    database: Database, payments: list[Payment], query: ListQuery, offset: int
) -> None:
    account = f"acc_{uuid4().hex}"
    own = [replace(payment, account=account) for payment in payments]
    put(database, [*own, *(replace(payment, account=f"{account}#test") for payment in payments)])
    store = DynamoStore(database, EVENTS_KEPT)
    expected = reference_list(own, query)
    pages = walk(store, account, query, kind=Payment)
    assert [payment for page in pages for payment in page.items] == expected
    assert {page.total for page in pages} == {len(expected)}
    skipping = replace(query, offset=offset, page=-(-offset // query.per_page) + 1)
    among = store.page_among(Payment, account, [payment.id for payment in own], skipping)
    wanted = reference_page(own, skipping)
    for page in (store.page_of(Payment, account, skipping), among):
        assert (page.items, page.page, page.has_next, page.has_previous) == (
            wanted.items, wanted.page, wanted.has_next, wanted.has_previous,
        )  # fmt: skip


def test_a_day_and_an_instant_within_it_give_each_thing_once(database: Database, account: str) -> None:
    store = DynamoStore(database, EVENTS_KEPT)
    kept = a_payment(account=account, created_at=datetime(2026, 1, 1, 12, tzinfo=UTC))
    changes = ChangeSet()
    changes.save(kept)
    store.commit(changes)
    within = Condition("created_at", "in", ("2026-01-01", "2026-01-01T12:00:00.000Z"))
    page = store.page_of(Payment, account, ListQuery(conditions=(within,)))
    assert (page.items, page.total) == ((kept,), 1)
