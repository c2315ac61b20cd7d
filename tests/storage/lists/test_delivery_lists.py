"""Lists of deliveries and suppressions: what people look for costs the same at any depth, and nothing is left out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.domain.errors import InvalidRequest
from invoicing.operations.lists.query import Condition, ListQuery, Operator, Sort
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds.deliveries import PROBLEMS
from invoicing.storage.lists import page as list_page
from invoicing.storage.store import DynamoStore
from tests.builders import NOW, a_delivery
from tests.examples import examples
from tests.reference_lists import reference_list
from tests.sending import a_suppression
from tests.storage.conftest import EVENTS_KEPT
from tests.storage.listing import put, requests_of, walk

BOUNCED = Condition("status", "eq", ("bounced",))
SERVED = [
    ListQuery(),
    ListQuery(sorts=(Sort("created_at", descending=False),)),
    ListQuery(conditions=(BOUNCED,)),
    ListQuery(conditions=(Condition("status", "in", ("bounced", "failed")),)),
    ListQuery(conditions=(Condition("recipient", "eq", ("ap@initech.example",)),)),
]


def an_id(number: int) -> str:
    return f"dlv_{number:032x}"


def many_deliveries(account: str, count: int, **same: object) -> list[Delivery]:
    """Deliveries that differ in nothing but id and time of creation."""
    base = a_delivery(account=account, **({"status": DeliveryStatus.BOUNCED} | same))
    return [replace(base, id=an_id(n), created_at=NOW + timedelta(seconds=n)) for n in range(count)]


@pytest.mark.parametrize("query", SERVED)
def test_what_an_index_serves_costs_the_same_at_any_depth(database: Database, query: ListQuery) -> None:
    account = f"acc_{uuid4().hex}"
    put(database, many_deliveries(account, 50))
    store, spans = DynamoStore(database, EVENTS_KEPT), max(len(item.values) for item in (*query.conditions, BOUNCED))
    page = store.page_of(Delivery, account, query)
    assert (len(page.items), page.total) == (20, 50)
    while page.has_next:
        with requests_of(database) as sent:
            page = store.page_of(Delivery, account, replace(query, cursor=page.next_cursor))
        assert sent == ["Query"] * spans + ["BatchGetItem"]
    assert (page.page, len(page.items)) == (3, 10)


def test_problems_are_found_among_any_number_of_others(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_page, "MOST_CANDIDATES", 30)
    account = f"acc_{uuid4().hex}"
    delivered = many_deliveries(account, 40, status=DeliveryStatus.DELIVERED)
    failed = [replace(each, id=an_id(100 + n), status=DeliveryStatus.FAILED) for n, each in enumerate(delivered[:3])]
    put(database, [*delivered, *failed])
    store = DynamoStore(database, EVENTS_KEPT)
    assert store.page_of(Delivery, account, ListQuery(conditions=(Condition("status", "eq", ("failed",)),))).total == 3
    with pytest.raises(InvalidRequest) as refused:
        store.page_of(Delivery, account, ListQuery(conditions=(Condition("status", "eq", ("delivered",)),)))
    assert refused.value.code == "QUERY_TOO_BROAD"


def test_a_delivery_is_where_its_state_is_now(database: Database) -> None:
    account = f"acc_{uuid4().hex}"
    (delivery,) = many_deliveries(account, 1, status=DeliveryStatus.SENT)
    put(database, [delivery])
    store = DynamoStore(database, EVENTS_KEPT)
    for status in (DeliveryStatus.FAILED, DeliveryStatus.BOUNCED, DeliveryStatus.COMPLAINED):
        delivery, changes = replace(delivery, version=delivery.version + 1, status=status), ChangeSet()
        changes.save(delivery)
        store.commit(changes)
        for each in sorted(PROBLEMS):
            page = store.page_of(Delivery, account, ListQuery(conditions=(Condition("status", "eq", (each,)),)))
            assert page.items == ((delivery,) if each == status else ())


INSTANTS = [datetime(2026, 1, day, hour, 0, 0, 123456, tzinfo=UTC) for day in (1, 2) for hour in (0, 12)]
VALUES: dict[str, st.SearchStrategy[str]] = {
    "status": st.sampled_from([str(status) for status in DeliveryStatus]),
    "recipient": st.sampled_from(["a@x.example", "b@x.example", "nobody@x.example"]),
    "created_at": st.sampled_from(["2026-01-01", "2026-01-02", "2026-01-01T12:00:00.123Z"]),
}
RANGES: list[Operator] = ["eq", "ne", "gt", "gte", "lt", "lte", "in"]
CHOICES: list[Operator] = ["eq", "ne", "in"]


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    field = draw(st.sampled_from(list(VALUES)))
    operator = draw(st.sampled_from(RANGES if field == "created_at" else CHOICES))
    most = 3 if operator == "in" else 1
    return Condition(field, operator, tuple(draw(st.lists(VALUES[field], min_size=1, max_size=most))))


deliveries = st.lists(
    st.builds(
        a_delivery,
        status=st.sampled_from(list(DeliveryStatus)),
        recipient=st.sampled_from(["a@x.example", "A@X.example", "b@x.example", None]),
        created_at=st.sampled_from(INSTANTS),
    ),
    max_size=10,
).map(lambda found: [replace(each, id=an_id(number)) for number, each in enumerate(found)])
queries = st.builds(
    ListQuery,
    conditions=st.lists(conditions(), max_size=3).map(tuple),
    sorts=st.booleans().map(lambda descending: (Sort("created_at", descending),)),
    per_page=st.integers(1, 5),
)


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=deliveries, query=queries)
def test_a_list_is_what_looking_at_everything_gives(
    database: Database, found: list[Delivery], query: ListQuery
) -> None:
    account = f"acc_{uuid4().hex}"
    own = [replace(delivery, account=account) for delivery in found]
    put(database, [*own, a_suppression("a@x.example", account=account)])
    pages = walk(DynamoStore(database, EVENTS_KEPT), account, query, kind=Delivery)
    assert [delivery for page in pages for delivery in page.items] == reference_list(own, query)


def test_suppressions_are_listed_apart_from_deliveries_with_the_newest_first(database: Database) -> None:
    account = f"acc_{uuid4().hex}"
    suppressions = [
        replace(a_suppression(f"{number}@x.example", account=account), created_at=NOW + timedelta(minutes=number))
        for number in range(25)
    ]
    put(database, [*suppressions, *many_deliveries(account, 3)])
    store = DynamoStore(database, EVENTS_KEPT)
    pages = walk(store, account, ListQuery(per_page=10), kind=Suppression)
    assert [each for page in pages for each in page.items] == suppressions[::-1]
    one = ListQuery(conditions=(Condition("address", "eq", ("7@x.example",)),))
    assert store.page_of(Suppression, account, one).items == (suppressions[7],)
    assert store.page_of(Delivery, account, ListQuery()).total == 3
