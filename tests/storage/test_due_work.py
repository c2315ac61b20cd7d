"""The index of due work: the one in memory must not be kinder than DynamoDB."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.test_clocks.test_clock import TestClock
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.ports import DueWorkIndex, Store
from invoicing.storage.due_work import DynamoDueWork
from invoicing.storage.dynamodb.due_work import SHARDS, shard_of
from tests.builders import an_account, an_issued_invoice
from tests.fake_due_work import FakeDueWork
from tests.fakes import FakeStore

DUE = datetime(2026, 12, 9, 23, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def index(store: Store) -> DueWorkIndex:
    if isinstance(store, FakeStore):
        return FakeDueWork(store)
    return DynamoDueWork(store._database)  # type: ignore[attr-defined]


@pytest.fixture
def test_mode(account: str) -> str:
    return f"{account}#test"


def waiting(account: str, number: int, at: datetime | None) -> Invoice:
    return an_issued_invoice(account=account, id=f"inv_{number:03}", next_overdue_at=at)


def commit(store: Store, *invoices: Invoice, has_clock: bool = False) -> None:
    changes = ChangeSet(has_clock=has_clock)
    for invoice in invoices:
        changes.save(invoice)
    store.commit(changes)


def entries(account: str, *numbers: int, at: datetime = DUE) -> list[DueEntry]:
    return [DueEntry(at, Work.OVERDUE, f"inv_{number:03}", "Invoice", account) for number in numbers]


def due(index: DueWorkIndex, account: str, until: datetime) -> list[DueEntry]:
    """What is due of one account; others may share the tables."""
    return sorted(entry for page in index.due(until) for entry in page if entry.account == account)


def test_what_is_due_by_an_instant_is_found_in_every_shard(store: Store, index: DueWorkIndex, account: str) -> None:
    numbers = range(3 * SHARDS)
    commit(store, *(waiting(account, number, DUE) for number in numbers))
    assert len({shard_of(account, f"inv_{number:03}", has_clock=False) for number in numbers}) == SHARDS
    assert due(index, account, DUE) == entries(account, *numbers)
    assert due(index, account, DUE + 999 * SECOND) == entries(account, *numbers)
    assert due(index, account, DUE - timedelta(milliseconds=1)) == []


def test_what_waits_for_nothing_is_not_in_the_index(store: Store, index: DueWorkIndex, account: str) -> None:
    commit(store, waiting(account, 1, DUE), waiting(account, 2, None))
    assert due(index, account, DUE) == entries(account, 1)
    commit(store, replace(waiting(account, 1, None), version=2, status=Status.PAID))
    assert due(index, account, datetime.max.replace(tzinfo=UTC)) == []


def test_an_entity_stands_where_its_next_work_is(store: Store, index: DueWorkIndex, account: str) -> None:
    commit(store, waiting(account, 1, DUE))
    commit(store, replace(waiting(account, 1, DUE + SECOND), version=2))
    assert due(index, account, DUE) == []
    assert due(index, account, DUE + SECOND) == entries(account, 1, at=DUE + SECOND)


def test_an_account_with_a_clock_is_not_found_by_ticks(store: Store, index: DueWorkIndex, test_mode: str) -> None:
    commit(store, waiting(test_mode, 1, DUE + SECOND), waiting(test_mode, 2, DUE), has_clock=True)
    commit(store, waiting(test_mode, 3, DUE))
    assert due(index, test_mode, DUE + SECOND) == entries(test_mode, 3)
    both = [*entries(test_mode, 2), *entries(test_mode, 1, at=DUE + SECOND)]
    assert list(index.of_clock(test_mode, DUE + SECOND)) == both
    assert list(index.of_clock(test_mode, DUE)) == both[:1]
    assert list(index.of_clock(test_mode, DUE - SECOND)) == []


def outside(index: DueWorkIndex, account: str, until: datetime) -> list[DueEntry]:
    return sorted(entry for page in index.outside_clock(account, until) for entry in page)


def test_an_account_finds_its_own_work_that_was_written_without_a_clock(
    store: Store, index: DueWorkIndex, test_mode: str
) -> None:
    neighbours = (f"acc_{number}#test" for number in count())
    near = next(each for each in neighbours if _shard(each) == _shard(test_mode))
    commit(store, waiting(test_mode, 1, DUE), waiting(test_mode, 2, DUE + SECOND), waiting(near, 3, DUE))
    assert outside(index, test_mode, DUE) == entries(test_mode, 1)
    assert outside(index, test_mode, DUE + SECOND) == [
        *entries(test_mode, 1),
        *entries(test_mode, 2, at=DUE + SECOND),
    ]


def _shard(account: str) -> str:
    return shard_of(account, "", has_clock=False)


def test_work_moves_to_the_clock_and_back(store: Store, index: DueWorkIndex, test_mode: str) -> None:
    commit(store, waiting(test_mode, 1, DUE))
    (entry,) = entries(test_mode, 1)
    for _ in range(2):
        index.move(entry, to_clock=True)
        assert (due(index, test_mode, DUE), list(index.of_clock(test_mode, DUE))) == ([], [entry])
    for _ in range(2):
        index.move(entry, to_clock=False)
        assert (due(index, test_mode, DUE), list(index.of_clock(test_mode, DUE))) == ([entry], [])
    assert store.find(Ref(Invoice, test_mode, entry.id)) == waiting(test_mode, 1, DUE)


@pytest.mark.parametrize("now", [None, DUE + SECOND])
def test_work_that_has_changed_is_not_moved(
    store: Store, index: DueWorkIndex, test_mode: str, now: datetime | None
) -> None:
    commit(store, waiting(test_mode, 1, DUE))
    (outdated,) = entries(test_mode, 1)
    commit(store, replace(waiting(test_mode, 1, now), version=2))
    index.move(outdated, to_clock=True)
    assert list(index.of_clock(test_mode, DUE + SECOND)) == []
    assert due(index, test_mode, DUE + SECOND) == ([] if now is None else entries(test_mode, 1, at=now))


def test_nothing_is_made_of_an_entity_that_is_gone(store: Store, index: DueWorkIndex, test_mode: str) -> None:
    (entry,) = entries(test_mode, 1)
    index.move(entry, to_clock=True)
    assert store.find(Ref(Invoice, test_mode, entry.id)) is None


def test_entries_are_told_by_the_entities_as_they_are(store: Store, index: DueWorkIndex, test_mode: str) -> None:
    first, second = waiting(test_mode, 1, DUE), waiting(test_mode, 2, DUE + SECOND)
    commit(store, first, has_clock=True)
    commit(store, second, waiting(test_mode, 3, None))
    both = [*entries(test_mode, 1), *entries(test_mode, 2, at=DUE + SECOND)]
    assert [index.entry_of(entity) for entity in (first, second)] == both
    assert index.entry_of(waiting(test_mode, 3, None)) is None
    assert index.entry_of(TestClock(account=test_mode, now=DUE, works_until=DUE)) is None
    assert index.entry_of(an_account()) is None
    ids = [f"inv_{number:03}" for number in range(250)]
    assert sorted(index.entries_of(test_mode, ids)) == both
    assert list(index.entries_of(test_mode, [])) == []


def test_a_clock_finds_more_than_one_page_in_order(
    store: Store, index: DueWorkIndex, test_mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("invoicing.storage.due_work.AT_A_TIME", 3)
    for number in range(10):
        commit(store, waiting(test_mode, number, DUE - number * SECOND), has_clock=True)
    found = list(index.of_clock(test_mode, DUE - SECOND))
    assert found == sorted(found)
    assert len(found) == 9


def test_work_is_due_by_the_millisecond_that_its_entry_names(store: Store, index: DueWorkIndex, test_mode: str) -> None:
    """A clock that shows it has what is due, to the microsecond."""
    at = DUE + timedelta(microseconds=1)
    commit(store, waiting(test_mode, 1, at), has_clock=True)
    (entry,) = index.of_clock(test_mode, DUE + SECOND)
    assert at <= entry.at == DUE + timedelta(milliseconds=1)
    assert list(index.of_clock(test_mode, DUE)) == []
