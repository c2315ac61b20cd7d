from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.test_clocks.reading import TEST_CLOCK
from invoicing.domain.test_clocks.test_clock import LATEST
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.test_clock import _due_work
from invoicing.operations.unit_of_work.change_set import ChangeSet
from tests.builders import an_issued_invoice
from tests.fake_due_work import FakeDueWork
from tests.operations.test_clock.clock_office import ACCOUNT, ClockOffice

NOW = datetime(2028, 2, 29, 8, tzinfo=UTC)
DUE = datetime(2028, 3, 31, tzinfo=UTC)


def invoices(count: int) -> list[Invoice]:
    return [
        an_issued_invoice(
            account=ACCOUNT, id=f"inv_{number:03}", version=1, due_date=date(2028, 3, 30), next_overdue_at=DUE
        )
        for number in range(count)
    ]


def keep(office: ClockOffice, *entities: Invoice) -> None:
    """Write entities as a request under the current clock does."""
    changes = ChangeSet(has_clock=office.uow().changes.has_clock)
    for entity in entities:
        changes.save(entity)
    office.store.commit(changes)


def job(office: ClockOffice, index: FakeDueWork) -> list[Work]:
    """What a tick does for the clock, where it finds it."""
    entries = [entry for page in index.due(office.now) for entry in page if entry.kind == "TestClock"]
    return [work for entry in entries for work in run_due_work(entry, office.uow, index)]


def of_clock(office: ClockOffice) -> int:
    return len(list(FakeDueWork(office.store).of_clock(ACCOUNT, LATEST)))


def test_no_key_has_it_any_more(office: ClockOffice) -> None:
    office.set(NOW)
    office.delete()
    assert [key.clock for key in office.store.all(ApiKey)] == [None]
    assert office.uow().clock is None
    assert office.uow().now == office.now


def test_a_tick_releases_all_that_waits_for_it_and_another_sees_that_nothing_was_late(office: ClockOffice) -> None:
    office.set(NOW)
    keep(office, *invoices(25))
    office.delete()
    index = FakeDueWork(office.store)
    assert of_clock(office) == 25
    assert job(office, index) == []
    assert of_clock(office) == 0
    assert sum(len(page) for page in index.due(DUE)) == 26
    office.now += timedelta(minutes=5)
    assert job(office, index) == [Work.JOB]
    assert job(office, index) == []
    assert sum(len(page) for page in index.due(DUE)) == 25


def test_what_was_written_a_moment_before_it_was_deleted_is_found_by_a_later_tick(office: ClockOffice) -> None:
    office.set(NOW)
    keep(office, *invoices(2))
    office.delete()
    index = FakeDueWork(office.store)
    index.late = {"inv_000"}
    assert job(office, index) == []
    index.late = set()
    assert of_clock(office) == 1
    office.now += timedelta(minutes=5)
    job(office, index)
    assert of_clock(office) == 0


def test_many_are_released_in_slices(office: ClockOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_due_work, "AT_A_TIME", 2)
    monkeypatch.setattr(_due_work, "MOST_TIMES", 3)
    office.set(NOW)
    keep(office, *invoices(9))
    office.delete()
    office.now += timedelta(minutes=5)
    index = FakeDueWork(office.store)
    left = []
    while not job(office, index):
        left.append(of_clock(office))
    assert (left, of_clock(office)) == ([3], 0)


def test_a_clock_that_is_set_meanwhile_has_what_was_released(office: ClockOffice) -> None:
    """The release ends, and a tick that meets what it released moves it back."""
    office.set(NOW)
    keep(office, *invoices(3))
    office.delete()
    index = FakeDueWork(office.store)
    entry = DueEntry(office.now, Work.JOB, TEST_CLOCK, "TestClock", ACCOUNT)
    job(office, index)
    office.set(NOW)
    assert run_due_work(entry, office.uow, index) == []
    (page,) = index.outside_clock(ACCOUNT, DUE)
    assert [run_due_work(each, office.uow, index) for each in page] == [[]] * 3
    assert of_clock(office) == 3


def test_it_dies_half_way_and_the_next_tick_goes_on(office: ClockOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    office.set(NOW)
    keep(office, *invoices(3))
    office.delete()
    index, moved = FakeDueWork(office.store), list[DueEntry]()
    move = FakeDueWork.move

    def dying(self: FakeDueWork, entry: DueEntry, *, to_clock: bool) -> None:
        if len(moved) == 1:
            raise RuntimeError("died")
        moved.append(entry)
        move(self, entry, to_clock=to_clock)

    with monkeypatch.context() as patched:
        patched.setattr(FakeDueWork, "move", dying)
        with pytest.raises(RuntimeError):
            job(office, index)
    assert of_clock(office) == 2
    job(office, index)
    assert of_clock(office) == 0


def test_a_new_clock_begins_where_no_reading_of_an_old_one_fits(office: ClockOffice) -> None:
    office.set(NOW)
    old = office.uow()
    office.delete()
    clock, is_new = office.set(NOW)
    assert is_new
    assert old.clock
    assert clock.version > old.clock.version
    assert replace(clock, version=0).reading != clock.reading
