"""An advance that is worked at by several, one after the other."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.due_work import Work
from invoicing.domain.invoices.invoice import Status
from invoicing.domain.test_clocks.test_clock import LEASE, ClockStatus
from invoicing.messaging.due_work import EntriesNotTaken
from invoicing.operations.invoices import _due_work
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.operations.test_clock.clock_office import ClockOffice
from tests.operations.test_clock.waiting import LATER, START, midnight, overdue_at, sent_at, stored, write


def test_what_does_not_fit_a_slice_goes_on_in_the_background(
    frozen: ClockOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(frozen, *(overdue_at(midnight(number), number) for number in range(1, 10)))
    _work_takes(frozen, monkeypatch, timedelta(seconds=7))
    clock = frozen.advance(LATER)
    assert (clock.status, clock.now, clock.target) == (ClockStatus.ADVANCING, midnight(3), LATER)
    assert clock.done == {"overdue": 3}
    assert frozen.is_told_to_advance
    progress = []
    while frozen.queue.queued:
        assert frozen.take(frozen.queue.queued.pop(0)) == [Work.JOB]
        assert frozen.clock
        progress.append((frozen.clock.now, frozen.clock.done["overdue"]))
    assert progress == [(midnight(6), 6), (midnight(9), 9), (LATER, 9)]
    assert frozen.clock
    assert (frozen.clock.status, frozen.is_told_to_advance) == (ClockStatus.READY, False)


def _work_takes(office: ClockOffice, monkeypatch: pytest.MonkeyPatch, time: timedelta) -> None:
    perform = _due_work.perform_due_work

    def slow(uow: UnitOfWork, identifier: str) -> Any:
        office.now += time
        return perform(uow, identifier)

    monkeypatch.setattr(_due_work, "perform_due_work", slow)


def test_a_lost_or_doubled_message_changes_nothing(frozen: ClockOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    write(frozen, *(overdue_at(midnight(number), number) for number in range(1, 7)))
    _work_takes(frozen, monkeypatch, timedelta(seconds=7))
    frozen.advance(LATER)
    (message,) = frozen.queue.queued
    frozen.queue.queued.clear()
    assert frozen.tick() == [Work.JOB]
    frozen.take(message)
    for late in frozen.queue.queued:
        frozen.take(late)
    assert frozen.take(message) == []
    assert [identifier for identifier, _ in frozen.events_at()] == [f"inv_{number:03}" for number in range(1, 7)]


def test_where_the_queue_refuses_the_rest_a_tick_goes_on(frozen: ClockOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    write(frozen, *(overdue_at(midnight(number), number) for number in range(1, 7)))
    _work_takes(frozen, monkeypatch, timedelta(seconds=7))
    monkeypatch.setattr(frozen.queue, "send", _refuse)
    clock = frozen.advance(LATER)
    assert (clock.status, clock.done) == (ClockStatus.ADVANCING, {"overdue": 3})
    while frozen.tick():
        pass
    assert frozen.clock
    assert (frozen.clock.status, frozen.clock.done) == (ClockStatus.READY, {"overdue": 6})


def _refuse(entries: Any) -> None:
    raise EntriesNotTaken(f"{len(entries)} of {len(entries)}")


@pytest.mark.parametrize("dies_at", range(10))
def test_one_that_dies_goes_on_where_it_was(frozen: ClockOffice, dies_at: int) -> None:
    """At any commit: before or after what it writes."""
    write(frozen, *(overdue_at(midnight(10 * number), number) for number in range(1, 4)), sent_at(midnight(15), 7))
    commits = 0
    commit = frozen.store.commit

    def dying(*args: Any) -> None:
        nonlocal commits
        commits += 1
        if commits == 1 + (dies_at + 1) // 2 and dies_at % 2:
            raise KeyboardInterrupt
        commit(*args)
        if commits == 1 + dies_at // 2 and not dies_at % 2:
            raise KeyboardInterrupt

    frozen.store.commit = dying  # type: ignore[assignment, method-assign]
    with pytest.raises(KeyboardInterrupt):
        frozen.advance(midnight(35))
    frozen.store.commit = commit  # type: ignore[method-assign]
    assert frozen.clock
    assert frozen.clock.status is ClockStatus.ADVANCING
    assert frozen.tick() == []
    frozen.now += LEASE
    assert frozen.tick() == [Work.JOB]
    assert (frozen.clock.status, frozen.clock.now) == (ClockStatus.READY, midnight(35))
    assert frozen.clock.done == {"overdue": 3, "scheduled_sends": 1}
    assert [identifier for identifier, _ in frozen.events_at()] == ["inv_001", "inv_007", "inv_002", "inv_003"]


def test_one_that_was_taken_for_dead_does_not_work_on(frozen: ClockOffice) -> None:
    """A tick has taken the advance over: the first worker's next step is not written."""
    write(frozen, *(overdue_at(midnight(10 * number), number) for number in range(1, 4)))

    def come() -> None:
        frozen.now += LEASE
        assert frozen.tick() == [Work.JOB]

    clock = frozen.begin(LATER)
    frozen.store.before_next_commit(come)
    after = frozen.advancing.go_on(frozen.uow(), clock)
    assert after == frozen.clock
    assert (after.status, after.done) == (ClockStatus.READY, {"overdue": 3})
    assert len(frozen.events_at()) == 3


def test_a_step_that_meets_a_write_of_its_entity_is_done_again(frozen: ClockOffice) -> None:
    """A page is viewed while its invoice becomes overdue."""
    write(frozen, overdue_at(midnight(10)))
    clock = frozen.begin(LATER)

    def view() -> None:
        frozen.store.keep(replace(stored(frozen), version=2, viewed_at=START))

    frozen.store.before_next_commit(view)
    assert frozen.advancing.go_on(frozen.uow(), clock).done == {"overdue": 1}
    assert (stored(frozen).viewed_at, stored(frozen).status) == (START, Status.OVERDUE)
