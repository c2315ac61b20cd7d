"""Carrying a balance forward; `storage/test_carried_balances.py` does it on DynamoDB, under threads."""

from datetime import datetime, timedelta

import pytest

from invoicing.domain.ledger.carried_balance import CarriedBalance
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.identifiers import first_id
from invoicing.operations.reactions import carry_balances as module
from invoicing.operations.reactions.carry_balances import FEWEST_ENTRIES, SETTLED_AFTER, carry_balance
from tests.builders import NOW
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office
from tests.operations.settling import an_entry

LATER = NOW + timedelta(hours=1)


def carry(office: Office, store: FakeStore, now: datetime = LATER) -> int:
    return office.run_use_case(lambda uow: carry_balance(uow, "cust_123", FakeLedger(store), now))


def book(store: FakeStore, count: int, at: datetime = NOW) -> None:
    first = len(store.all(LedgerEntry))
    store.keep(*(an_entry(id=f"{first_id('ent', at)}{first + n:05}", amount=1, created_at=at) for n in range(count)))


def carried(store: FakeStore) -> CarriedBalance:
    (balance,) = store.all(CarriedBalance)
    return balance


def test_entries_are_added_once_there_are_enough(office: Office, store: FakeStore) -> None:
    book(store, FEWEST_ENTRIES - 1)
    assert (carry(office, store), store.all(CarriedBalance)) == (0, [])
    book(store, 1)
    assert carry(office, store) == FEWEST_ENTRIES
    assert carry(office, store) == 0
    (period,) = carried(store).currencies["USD"].dated
    assert (period.first, period.sums) == (NOW.date(), (FEWEST_ENTRIES, 0))


def test_entries_of_the_last_minutes_are_left(office: Office, store: FakeStore) -> None:
    book(store, FEWEST_ENTRIES)
    book(store, FEWEST_ENTRIES, LATER)
    assert carry(office, store, LATER + SETTLED_AFTER) == FEWEST_ENTRIES
    assert carry(office, store, LATER + SETTLED_AFTER + timedelta(seconds=1)) == FEWEST_ENTRIES


def test_many_are_added_step_by_step(office: Office, store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ENTRIES", 150)
    book(store, 420)
    assert [carry(office, store) for _ in range(4)] == [150, 150, 120, 0]
    assert carried(store).recorded_until == store.all(LedgerEntry)[-1].id


def test_who_is_overtaken_adds_what_is_left(office: Office, store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ENTRIES", 150)
    book(store, 300)
    store.before_next_commit(lambda: carry(Office(store), store))
    assert carry(office, store) == 150
    (period,) = carried(store).currencies["USD"].dated
    assert (period.sums, carried(store).version) == ((300, 0), 2)
