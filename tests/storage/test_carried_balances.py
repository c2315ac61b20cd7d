"""Balances carried forward by the real reaction, under threads, twice, late and killed half-way.

On Amazon's DynamoDB Local: whatever happens, a balance is the sum of all entries, and reading it costs four requests
with the key check.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import batched
from typing import Any

import pytest

from invoicing.domain.ledger.carried_balance import CarriedBalance, carried_forward
from invoicing.domain.ledger.entry import LedgerEntry, Movement, OpenItemChange
from invoicing.domain.ledger.statement import Balance
from invoicing.identifiers import first_id, new_id, new_secret
from invoicing.operations.customers.get_customer_balance import get_customer_balance
from invoicing.operations.customers.get_customer_statement import Period, get_customer_statement
from invoicing.operations.reactions import carry_balances as module
from invoicing.operations.reactions.carry_balances import carry_balance
from invoicing.operations.unit_of_work import unit_of_work as work_module
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.ledger import DynamoLedger
from invoicing.storage.store import DynamoStore
from tests.builders import ACTOR, a_customer, an_account
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.listing import requests_of
from tests.storage.site import at_once

pytestmark = ON_DYNAMODB_LOCAL

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
TODAY = datetime(2026, 7, 1, 12, tzinfo=UTC)
COUNT = 260


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEWEST_ENTRIES", 5)
    monkeypatch.setattr(module, "MOST_ENTRIES", 40)
    monkeypatch.setattr(work_module, "PATIENCE", 60)


class Books:
    """The entries of one customer, and its balance by the use cases."""

    def __init__(self, database: Database, store: DynamoStore, account: str) -> None:
        self.database, self.store, self.account = database, store, account
        self.ledger = DynamoLedger(database)
        self.entries: list[LedgerEntry] = []
        self.keep(an_account(account=account), a_customer(account=account))

    def keep(self, *entities: Any) -> None:
        for some in batched(entities, 50, strict=False):
            changes = ChangeSet()
            for entity in some:
                changes.save(entity)
            self.store.commit(changes)

    def book(self, *entries: LedgerEntry) -> None:
        self.keep(*entries)
        self.entries += entries

    def uow(self, changes: ChangeSet | None = None) -> UnitOfWork:
        return UnitOfWork(
            account=self.account,
            actor=ACTOR,
            real_now=TODAY,
            store=self.store,
            new_id=new_id,
            new_secret=new_secret,
            changes=changes or ChangeSet(),
        )

    def carry(self, now: datetime = TODAY) -> int:
        return run_use_case(self.uow, lambda uow: carry_balance(uow, "cust_123", self.ledger, now))

    def carry_all(self) -> None:
        while self.carry():
            pass

    @property
    def carried(self) -> CarriedBalance | None:
        return self.store.find(Ref(CarriedBalance, self.account, "cust_123"))

    def balances(self) -> dict[str, Balance]:
        found = get_customer_balance(self.uow(), "cust_123", self.ledger).balances
        return {balance.currency: balance for balance in found}

    def assert_right(self) -> None:
        """The balance, and a statement of each month, are those of all entries, added up one by one."""
        day = TODAY.date()
        for currency, found in self.balances().items():
            own = [entry for entry in self.entries if entry.currency == currency]
            due = [item for entry in own for item in entry.open_items]
            assert found.amount_due == sum(item.amount for item in due)
            assert found.overdue == sum(item.amount for item in due if item.due_date < day)
            assert found.open_invoices == sum(item.count for item in due)
            assert found.credit == sum(entry.credit for entry in own)
            assert found.balance == sum(entry.amount for entry in own if entry.date <= day)
        for month in range(2, 9):
            self.assert_statement(date(2026, month, 10 if month == 5 else 1), date(2026, month, 28))

    def assert_statement(self, start: date, end: date) -> None:
        made = get_customer_statement(self.uow(), "cust_123", Period(start=start, end=end), self.ledger).statements
        found = {statement.currency: statement for statement in made}
        for currency in {entry.currency for entry in self.entries}:
            own = [entry for entry in self.entries if entry.currency == currency]
            before = sum(entry.amount for entry in own if entry.date < start)
            within = {entry.id for entry in own if start <= entry.date <= end}
            if statement := found.get(currency):
                assert statement.opening_balance == before
                assert {line.entry.id for line in statement.lines} == within
                assert statement.closing_balance == sum(entry.amount for entry in own if entry.date <= end)
                assert statement.closing_credit == sum(entry.credit for entry in own if entry.date <= end)
            else:
                assert (before, within) == (0, set())


def entries(account: str, count: int, begin: datetime = BEGIN) -> Iterator[LedgerEntry]:
    """Entries some hours apart, every third of another day than it was recorded, every fifth in euros."""
    chance = random.Random(count)
    for number in range(count):
        recorded = begin + timedelta(hours=9 * number)
        moved = chance.choice((-70, -1, 1, 30, 70)) if number % 3 == 0 else 0
        amount, credit = chance.randrange(1, 900), chance.choice((0, 0, 7))
        due = date(2026, 7, 1) + timedelta(days=chance.randrange(-90, 40))
        yield LedgerEntry(
            account=account,
            id=f"{first_id('ent', recorded)}7{number:03x}8123456789abcdef",
            customer_id="cust_123",
            currency="EUR" if number % 5 == 0 else "USD",
            date=recorded.date() + timedelta(days=moved),
            movement=Movement.INVOICE,
            amount=amount,
            credit=credit,
            open_items=(OpenItemChange(due_date=due, amount=amount + credit, count=1),),
            created_at=recorded,
        )


@pytest.fixture
def books(local_tables: Database, local_store: DynamoStore, account: str) -> Books:
    return Books(local_tables, local_store, account)


def test_it_is_exact_after_every_entry_and_whatever_is_carried_forward(books: Books) -> None:
    """Booked in any order, as far as requests are under way together; carried forward twice at any time."""
    chance = random.Random(1)
    for some in batched(entries(books.account, COUNT), 20, strict=False):
        shuffled = list(some)
        chance.shuffle(shuffled)
        books.book(*shuffled)
        books.assert_right()
        if chance.random() < 0.6:
            now = shuffled[0].created_at + timedelta(days=1)
            assert books.carry(now) >= 0
            books.carry(now)
            books.assert_right()
    books.carry_all()
    books.assert_right()
    carried = books.carried
    assert carried is not None
    assert carried.recorded_until == max(entry.id for entry in books.entries)


def test_of_many_at_once_each_entry_is_added_once(books: Books) -> None:
    books.book(*entries(books.account, COUNT))
    added = at_once(8, lambda _: sum(books.carry() for _ in range(5)))
    books.assert_right()
    assert sum(each for each in added if isinstance(each, int)) <= COUNT
    books.carry_all()
    carried, expected = (
        books.carried,
        carried_forward(CarriedBalance(account=books.account, id="cust_123"), books.entries),
    )
    assert carried is not None
    assert (carried.currencies, carried.recorded_until) == (expected.currencies, expected.recorded_until)


def test_readers_see_all_entries_while_the_balance_is_carried_forward(books: Books) -> None:
    books.book(*entries(books.account, COUNT))

    def act(index: int) -> None:
        if index % 2:
            books.assert_right()
        else:
            books.carry_all()

    assert [outcome for outcome in at_once(8, act) if outcome is not None] == []
    books.assert_right()


def test_entries_of_the_last_minutes_wait_for_those_that_could_come_before_them(books: Books) -> None:
    """A transaction that began before another one can commit after it, and a balance must not pass it by."""
    *others, slow, last = entries(books.account, 12, TODAY - timedelta(hours=12 * 9) + timedelta(seconds=1))
    books.book(*others, last)
    just_after = last.created_at + timedelta(seconds=30)
    assert books.carry(slow.created_at + timedelta(seconds=30)) == len(others)
    assert books.carry(just_after) == 0
    books.book(slow)
    books.assert_right()
    books.book(*entries(books.account, 9, last.created_at + timedelta(hours=1)))
    books.carry_all()
    books.assert_right()


class Killed(Exception):
    """The process ended here."""


@pytest.mark.parametrize("kill_after_commit", [False, True])
def test_killed_half_way_it_goes_on_where_it_was(
    books: Books, monkeypatch: pytest.MonkeyPatch, *, kill_after_commit: bool
) -> None:
    books.book(*entries(books.account, COUNT))
    commit, left = DynamoStore.commit, [3]

    def dying(store: DynamoStore, *changes: Any) -> None:
        left[0] -= 1
        if left[0] or kill_after_commit:
            commit(store, *changes)
        if not left[0]:
            raise Killed

    monkeypatch.setattr(DynamoStore, "commit", dying)
    with pytest.raises(Killed):
        books.carry_all()
    monkeypatch.undo()
    monkeypatch.setattr(module, "FEWEST_ENTRIES", 5)
    books.assert_right()
    books.carry_all()
    books.assert_right()


def test_a_balance_that_is_deleted_is_made_anew(books: Books) -> None:
    books.book(*entries(books.account, COUNT))
    books.carry_all()
    before = books.carried
    assert before is not None
    changes = ChangeSet()
    changes.remove(before)
    books.store.commit(changes)
    books.assert_right()
    books.carry_all()
    books.assert_right()
    assert books.carried == before


def test_few_entries_are_left_for_a_later_time(books: Books) -> None:
    books.book(*entries(books.account, 4))
    assert books.carry() == 0
    assert books.carried is None
    books.assert_right()


@pytest.mark.parametrize("count", [200, 2_000])
def test_reading_costs_three_requests_however_many_entries_there_are(books: Books, count: int) -> None:
    """The key check is a fourth. Entries an hour apart; the statements are of the last month and of one before."""
    begin = TODAY - timedelta(hours=9 * count)
    books.book(*entries(books.account, count, begin))
    books.carry_all()
    reads = ["BatchGetItem", "Query", "Query"]
    month = Period(start=date(2026, 6, 1), end=date(2026, 6, 30))
    earlier = Period(start=date(2026, 5, 10), end=date(2026, 6, 9), currency="EUR")
    for read in (
        partial(get_customer_balance, books.uow(), "cust_123", books.ledger),
        partial(get_customer_statement, books.uow(), "cust_123", month, books.ledger),
        partial(get_customer_statement, books.uow(), "cust_123", earlier, books.ledger),
    ):
        with requests_of(books.database) as sent:
            read()
        assert sent == reads
