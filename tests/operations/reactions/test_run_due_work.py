"""Due work is done once, however often it is asked for, and never early."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any

import pytest

from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.operations.reactions.run_due_work import JOBS, WORKERS, job_of, run_due_work, worker_of
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from invoicing.storage.kinds import DUE_KINDS, REAL_TIME
from tests.builders import ACCOUNT, an_account, an_issued_invoice
from tests.fake_due_work import FakeDueWork
from tests.fakes import FakeStore
from tests.office import Office

DUE = datetime(2026, 12, 9, 23, tzinfo=UTC)
"""Midnight in Paris, after the due date."""


@pytest.fixture
def waiting(store: FakeStore, office: Office) -> Invoice:
    """An invoice of a seller in Paris that is due on 9 December."""
    invoice = an_issued_invoice(due_date=date(2026, 12, 9), next_overdue_at=DUE)
    store.keep(an_account(time_zone="Europe/Paris"), invoice)
    office.now = DUE
    return invoice


def entry_of(invoice: Invoice) -> DueEntry:
    return DueEntry(DUE, Work.OVERDUE, invoice.id, "Invoice", ACCOUNT)


def run(office: Office, store: FakeStore, invoice: Invoice) -> list[Work]:
    return run_due_work(entry_of(invoice), office.uow, FakeDueWork(store))


def stored(store: FakeStore, invoice: Invoice) -> Invoice:
    found = store.find(Ref(Invoice, ACCOUNT, invoice.id))
    assert found
    return found


def test_an_invoice_becomes_overdue_once(store: FakeStore, office: Office, waiting: Invoice) -> None:
    assert [run(office, store, waiting) for _ in range(50)] == [[Work.OVERDUE], *[[]] * 49]
    overdue = stored(store, waiting)
    assert (overdue.status, overdue.overdue_at, overdue.next_overdue_at) == (Status.OVERDUE, DUE, None)
    (event,) = store.events.values()
    assert (event.type, event.occurred_at) == ("invoice.overdue", DUE)
    assert event.data["overdue_at"] == "2026-12-09T23:00:00.000Z"
    assert not list(FakeDueWork(store).due(DUE + timedelta(days=9)))


def test_a_tick_that_comes_late_says_since_when_it_is_overdue(
    store: FakeStore, office: Office, waiting: Invoice
) -> None:
    office.now = DUE + timedelta(days=3)
    assert run(office, store, waiting) == [Work.OVERDUE]
    (event,) = store.events.values()
    assert (event.occurred_at, event.data["overdue_at"]) == (office.now, "2026-12-09T23:00:00.000Z")


def test_nothing_happens_early(store: FakeStore, office: Office, waiting: Invoice) -> None:
    office.now = DUE - timedelta(milliseconds=1)
    assert run(office, store, waiting) == []
    assert (store.events, stored(store, waiting)) == ({}, waiting)


def test_two_at_once_do_it_once(store: FakeStore, office: Office, waiting: Invoice) -> None:
    store.before_next_commit(lambda: run(office, store, waiting))
    assert run(office, store, waiting) == []
    assert store.event_types() == ["invoice.overdue"]


@pytest.mark.parametrize("change", ["paid", "gone"])
def test_work_that_is_no_longer_there_is_not_done(
    store: FakeStore, office: Office, waiting: Invoice, change: str
) -> None:
    if change == "gone":
        store.entities.clear()
    else:
        store.keep(an_issued_invoice(id=waiting.id, status=Status.PAID))
    assert run(office, store, waiting) == []
    assert store.events == {}


def test_work_of_an_account_with_a_clock_waits_for_the_clock(
    store: FakeStore, office: Office, waiting: Invoice
) -> None:
    index = FakeDueWork(store)

    def start(changes: ChangeSet) -> UnitOfWork:
        changes.has_clock = True
        return office.uow(changes)

    assert run_due_work(entry_of(waiting), start, index) == []
    assert store.events == {}
    assert not list(index.due(DUE))
    assert list(index.of_clock(ACCOUNT, DUE)) == [entry_of(waiting)]


class Dies(Exception):
    """The process died here."""


def dying(act: Any, when: str) -> Any:
    """What dies right before or right after an act."""

    def acting(*arguments: Any) -> Any:
        if when == "before":
            raise Dies
        act(*arguments)
        raise Dies

    return acting


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("call", ["find_together", "commit"])
def test_whoever_dies_half_way_leaves_it_to_the_next(
    store: FakeStore, office: Office, waiting: Invoice, call: str, when: str
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store, call, dying(getattr(store, call), when))
        with pytest.raises(Dies):
            run(office, store, waiting)
    run(office, store, waiting)
    assert store.event_types() == ["invoice.overdue"]
    assert stored(store, waiting).status is Status.OVERDUE


def test_every_kind_with_due_work_has_a_worker_or_a_job() -> None:
    assert WORKERS.keys() == {kind for kind, table in DUE_KINDS.items() if table not in REAL_TIME}
    assert JOBS.keys() == DUE_KINDS.keys() - WORKERS.keys()
    assert all(callable(worker_of(kind).perform_due_work) for kind in WORKERS)
    assert all(callable(job_of(kind).run_job) for kind in JOBS)


def entries() -> Iterator[DueEntry]:
    yield DueEntry(DUE, Work.OVERDUE, "inv_2", "Invoice", "acc_1")
    yield DueEntry(DUE, Work.SCHEDULED_SEND, "inv_1", "Invoice", "acc_1")
    yield DueEntry(DUE + timedelta(seconds=1), Work.OVERDUE, "inv_0", "Invoice", "acc_1")


def test_work_happens_by_instant_then_by_kind_of_work_then_by_id() -> None:
    first = DueEntry(DUE, Work.OVERDUE, "inv_1", "Invoice", "acc_9")
    assert sorted(chain(list(entries())[::-1], [first])) == [first, *entries()]
