"""Lists return what a scan of everything would return, for any query."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicing.domain.calendar import today
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import is_overdue
from invoicing.domain.parties.customer import Customer
from invoicing.identifiers import new_id, new_secret
from invoicing.operations.invoices.list_invoices import IS_OVERDUE, list_invoices
from invoicing.operations.lists.query import Condition, ListQuery, Operator, Sort
from invoicing.operations.lists.sort_texts import amount_text
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.store import DynamoStore
from tests.builders import ACTOR, NOW, a_customer, an_account, an_invoice
from tests.examples import examples
from tests.reference_lists import reference_list
from tests.storage.conftest import EVENTS_KEPT
from tests.storage.listing import numbers_of, put, walk

CUSTOMERS = ["cust_1", "cust_2", "cust_3"]
CURRENCIES = ["USD", "JPY", "KWD"]
DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(4)]
INSTANTS = [datetime(2026, 1, day, hour, 0, 0, 123456, tzinfo=UTC) for day in (1, 2) for hour in (0, 12)]
TOTALS = [0, 1, 500, 1000, 12345]
NUMBERS = [f"INV-{year}-{number:03}" for year in (2025, 2026) for number in range(30)]
SORTS = ["created_at", "due_date", "issue_date", "amount", "invoice_number"]


@st.composite
def many_invoices(draw: st.DrawFn) -> list[Invoice]:
    """Invoices that are alike in many ways; some of them numbered, no two with one number."""
    made = []
    for order in range(draw(st.integers(0, 12))):
        customer = a_customer(id=draw(st.sampled_from(CUSTOMERS)))
        made.append(
            an_invoice(
                customer=customer,
                id=f"inv_{draw(st.integers(0, 9))}{order:03}",
                status=draw(st.sampled_from(list(Status))),
                number=draw(st.none() | st.sampled_from(NUMBERS[order::12])),
                currency=draw(st.sampled_from(CURRENCIES)),
                total=draw(st.sampled_from(TOTALS)),
                due_date=draw(st.sampled_from(DAYS)),
                issue_date=draw(st.sampled_from(DAYS)),
                created_at=draw(st.sampled_from(INSTANTS)),
            )
        )
    return made


VALUES: dict[str, st.SearchStrategy[str]] = {
    "customer_id": st.sampled_from([*CUSTOMERS, "cust_404"]),
    "status": st.sampled_from([str(status) for status in Status]),
    "currency": st.sampled_from(CURRENCIES),
    "amount": st.sampled_from(["0", "0.001", "5", "10", "1000", "12.345", "99"]).map(
        lambda text: amount_text(Decimal(text))
    ),
    "due_date": st.sampled_from(DAYS).map(str),
    "issue_date": st.sampled_from(DAYS).map(str),
    "created_at": st.sampled_from(["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-01T12:00:00.123Z"]),
    "invoice_number": st.sampled_from([*NUMBERS[:8], "INV-2", "INV-2026-0"]),
}
RANGES: list[Operator] = ["eq", "ne", "gt", "gte", "lt", "lte", "in"]
CHOICES: list[Operator] = ["eq", "ne", "in"]
LIKE = st.sampled_from(["INV-2026%", "2025", "INV-202%-00%", "%1", "%", "INV-2026-001"])


@st.composite
def conditions(draw: st.DrawFn, fields: Sequence[str] = tuple(VALUES)) -> Condition:
    field = draw(st.sampled_from(list(fields)))
    operators = CHOICES if field in {"customer_id", "status", "currency"} else RANGES
    if field == "invoice_number":
        operators = [*CHOICES, "like"]
    operator = draw(st.sampled_from(operators))
    if operator == "like":
        return Condition(field, operator, (draw(LIKE),))
    most = 3 if operator == "in" else 1
    return Condition(field, operator, tuple(draw(st.lists(VALUES[field], min_size=1, max_size=most))))


queries = st.builds(
    ListQuery,
    conditions=st.lists(conditions(), max_size=3).map(tuple),
    sorts=st.lists(
        st.builds(Sort, st.sampled_from(SORTS), st.booleans()),
        min_size=1,
        max_size=2,
        unique_by=lambda sort: sort.field,
    ).map(tuple),
    per_page=st.integers(1, 5),
)


@pytest.mark.slow
@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(invoices=many_invoices(), query=queries)
def test_a_list_is_what_looking_at_everything_gives(
    database: Database, invoices: list[Invoice], query: ListQuery
) -> None:
    account = f"acc_{uuid4().hex}"
    own = [replace(invoice, account=account) for invoice in invoices]
    others = [replace(invoice, account=f"{account}#test", id=f"{invoice.id}9") for invoice in invoices]
    put(database, [*own, *others, *numbers_of(own), *numbers_of(others)])
    store = DynamoStore(database, EVENTS_KEPT)
    expected = reference_list(own, query)
    forward = walk(store, account, query)
    assert [invoice.id for page in forward for invoice in page.items] == [invoice.id for invoice in expected]
    assert {page.total for page in forward} == {len(expected)}
    assert [page.page for page in forward] == list(range(1, len(forward) + 1))
    for number, page in enumerate(forward, 1):
        assert store.page_of(Invoice, account, replace(query, page=number)).items == page.items
    last = query if len(forward) == 1 else replace(query, cursor=forward[-2].next_cursor, page=len(forward))
    if forward[-1].previous_cursor or len(forward) == 1:
        backward = walk(store, account, last, back=True)
        assert [page.items for page in backward[::-1]] == [page.items for page in forward]
        assert [page.page for page in backward[::-1]] == [page.page for page in forward]


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(invoices=many_invoices(), query=queries, time_zone=st.sampled_from(["UTC", "Asia/Tokyo", "Pacific/Pago_Pago"]))
def test_a_list_of_what_is_overdue_is_what_looking_at_everything_gives(
    database: Database, invoices: list[Invoice], query: ListQuery, time_zone: str
) -> None:
    account = f"acc_{uuid4().hex}"
    own = [replace(invoice, account=account) for invoice in invoices]
    put(database, [an_account(account=account, time_zone=time_zone), *own, *numbers_of(own)])
    uow = UnitOfWork(
        account=account,
        actor=ACTOR,
        real_now=datetime(2026, 1, 3, 12, tzinfo=UTC),
        store=DynamoStore(database, EVENTS_KEPT),
        new_id=new_id,
        new_secret=new_secret,
    )
    overdue = [invoice for invoice in own if is_overdue(invoice, today(uow.now, time_zone))]
    expected = [invoice.id for invoice in reference_list(overdue, query)]
    is_true = Condition(IS_OVERDUE, "eq", ("true",))
    query = replace(query, conditions=(is_true, *query.conditions))
    page = list_invoices(uow, query)
    found, total = [*page.items], page.total
    while page.has_next:
        cursor = page.next_cursor
        page = list_invoices(uow, replace(query, cursor=cursor, page=1 if cursor else page.page + 1))
        found += page.items
    assert ([invoice.id for invoice in found], total) == (expected, len(expected))


NAMES = ["Ada", "ada lovelace", "Ada 2", "Åse", "漢字", "Bob"]


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_customers_are_listed_by_name_address_and_time(database: Database, data: st.DataObject) -> None:
    account = f"acc_{uuid4().hex}"
    customers = [
        a_customer(
            account=account,
            id=f"cust_{data.draw(st.integers(0, 9))}{number}",
            name=data.draw(st.sampled_from(NAMES)),
            email=data.draw(st.none() | st.sampled_from(["A@x.example", "b@x.example"])),
            created_at=data.draw(st.sampled_from(INSTANTS)),
            archived_at=data.draw(st.none() | st.just(NOW)),
        )
        for number in range(data.draw(st.integers(0, 8)))
    ]
    put(database, customers)
    name = st.builds(
        Condition, st.just("name"), st.just("like"), st.sampled_from([("ada",), ("ada%",), ("%2",), ("字",)])
    )
    email = st.builds(
        Condition, st.just("email"), st.sampled_from(["eq", "ne", "like"]), st.sampled_from([("a@x.example",)])
    )
    query = ListQuery(
        conditions=(
            *data.draw(st.lists(name | email, max_size=2)),
            Condition("archived", "eq", (data.draw(st.sampled_from(["true", "false"])),)),
        ),
        sorts=(Sort(data.draw(st.sampled_from(["created_at", "name"])), data.draw(st.booleans())),),
    )
    found = DynamoStore(database, EVENTS_KEPT).page_of(Customer, account, query)
    assert list(found.items) == reference_list(customers, query)
    assert found.total == len(found.items)
