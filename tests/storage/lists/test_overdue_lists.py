"""Lists of what is overdue: any number of pages, also around midnight, and what they ask of DynamoDB."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.parties.account import Account
from invoicing.identifiers import new_id, new_secret
from invoicing.operations.account._own_account import PROFILE, own_today
from invoicing.operations.invoices.list_invoices import IS_OVERDUE, list_invoices
from invoicing.operations.lists.query import MOST_CANDIDATES, Condition, ListQuery, Sort
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.store import DynamoStore
from tests.builders import ACTOR, NOW, an_account, an_issued_invoice
from tests.storage.conftest import EVENTS_KEPT
from tests.storage.listing import put, requests_of

QUERY = ListQuery(
    conditions=(Condition(IS_OVERDUE, "eq", ("true",)),), sorts=(Sort("due_date", descending=True),), per_page=100
)
STATUSES = (Status.SENT, Status.VIEWED, Status.PARTIALLY_PAID, Status.OVERDUE, Status.PAID)


@pytest.fixture
def uow(database: Database, account: str) -> Callable[[datetime], UnitOfWork]:
    put(database, [an_account(account=account)])
    return lambda now: UnitOfWork(
        account=account,
        actor=ACTOR,
        real_now=now,
        store=DynamoStore(database, EVENTS_KEPT),
        new_id=new_id,
        new_secret=new_secret,
    )


def make(database: Database, account: str, count: int) -> list[Invoice]:
    """Invoices in five states, each due a day before the one before; the first is due today."""
    base = an_issued_invoice(account=account)
    made = [
        replace(
            base,
            id=f"inv_{number:05}",
            status=STATUSES[number % 5],
            due_date=NOW.date() - timedelta(days=number // 5),
            created_at=NOW - timedelta(seconds=number),
        )
        for number in range(count)
    ]
    put(database, made)
    return made


def test_more_than_are_ever_counted_are_paged_through(
    database: Database, account: str, uow: Callable[[datetime], UnitOfWork]
) -> None:
    made = make(database, account, 1400)
    expected = [each.id for each in made[5:] if each.status is not Status.PAID]
    assert len(expected) > MOST_CANDIDATES
    page = list_invoices(uow(NOW), QUERY)
    found = [*page.items]
    while page.has_next:
        page = list_invoices(uow(NOW), replace(QUERY, cursor=page.next_cursor))
        found += page.items
    assert [invoice.id for invoice in found] == expected


def test_a_page_of_yesterday_goes_on_today(
    database: Database, account: str, uow: Callable[[datetime], UnitOfWork]
) -> None:
    make(database, account, 40)
    query = replace(QUERY, per_page=10)
    first = list_invoices(uow(NOW), query)
    second = list_invoices(uow(NOW), replace(query, cursor=first.next_cursor))
    assert list_invoices(uow(NOW + timedelta(days=1)), replace(query, cursor=first.next_cursor)).items == second.items


def test_the_account_comes_with_the_entities_of_the_page(
    database: Database, account: str, uow: Callable[[datetime], UnitOfWork]
) -> None:
    make(database, account, 10)
    work = uow(NOW)
    with requests_of(database) as sent:
        listed = list_invoices(work, replace(ListQuery(), per_page=5))
        assert own_today(work) == NOW.date()
    assert len(listed.items) == 5
    assert sent == ["Query", "BatchGetItem"]
    with requests_of(database) as sent:
        assert list_invoices(uow(NOW), ListQuery(conditions=(Condition("status", "eq", ("draft",)),))).items == ()
    assert sent == ["Query"], "an empty page needs no account"


def test_an_account_that_is_not_there_is_none(database: Database, account: str) -> None:
    make(database, account, 1)
    store = DynamoStore(database, EVENTS_KEPT)
    work = UnitOfWork(account=account, actor=ACTOR, real_now=NOW, store=store, new_id=new_id, new_secret=new_secret)
    list_invoices(work, ListQuery())
    assert work.find(Account, PROFILE) is None
