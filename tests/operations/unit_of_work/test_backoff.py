"""Waiting for one's turn after a conflict."""

import pytest

from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.parties.customer import Customer
from invoicing.operations.unit_of_work.backoff import FIRST_PAUSE, SLOT, Backoff
from invoicing.operations.unit_of_work.change_set import Ref
from tests.fakes import FakeStore

SERIES = Ref(NumberSeries, "acc_1", "series_invoice")
CUSTOMER = Ref(Customer, "acc_1", "cust_123")


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each pause was; the clock stands still."""
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    monkeypatch.setattr("time.time", lambda: 1000.0)
    return pauses


def test_whoever_collides_on_a_series_waits_for_a_slot_of_its_own(store: FakeStore, slept: list[float]) -> None:
    assert all(Backoff(store, patience=20).wait([CUSTOMER, SERIES]) for _ in range(3))
    assert slept == [pytest.approx(SLOT * index) for index in range(3)]


def test_one_that_collides_in_its_slot_takes_a_longer_one(store: FakeStore, slept: list[float]) -> None:
    turn = Backoff(store, patience=20)
    assert all(turn.wait([SERIES]) for _ in range(3))
    assert store.lines == {SERIES: pytest.approx(1000 + SLOT * (1 + 2 + 4))}


def test_slots_do_not_grow_without_end(store: FakeStore, slept: list[float]) -> None:
    turn = Backoff(store, patience=20)
    assert all(turn.wait([SERIES]) for _ in range(6))
    assert store.lines == {SERIES: pytest.approx(1000 + SLOT * (1 + 2 + 4 + 8 + 8 + 8))}


def test_a_slot_that_comes_too_late_is_not_waited_for(store: FakeStore, slept: list[float]) -> None:
    store.lines[SERIES] = 1020.5
    assert not Backoff(store, patience=20).wait([SERIES])
    assert slept == []
    assert store.lines == {SERIES: 1020.5}, "nor is it taken from others"


def test_other_collisions_take_a_short_pause_and_no_slot(store: FakeStore, slept: list[float]) -> None:
    turn = Backoff(store, patience=20)
    assert turn.wait([CUSTOMER])
    assert turn.wait([])
    assert store.lines == {}
    assert slept[0] <= FIRST_PAUSE
    assert slept[1] <= FIRST_PAUSE * 2
