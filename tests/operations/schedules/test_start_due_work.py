"""A tick queues what is due, and nothing else."""

from datetime import timedelta

from invoicing.domain.due_work import DueEntry, Work
from invoicing.operations.schedules.start_due_work import start_due_work
from tests.builders import ACCOUNT, NOW, an_issued_invoice
from tests.fake_due_work import FakeDueWork, FakeDueWorkQueue
from tests.fakes import FakeStore

DAY = timedelta(days=1)


def test_what_is_due_by_now_is_queued_in_order_and_what_comes_later_is_not(store: FakeStore) -> None:
    at = {"inv_later": NOW + timedelta(milliseconds=1), "inv_now": NOW, "inv_before": NOW - DAY, "inv_never": None}
    store.keep(*(an_issued_invoice(id=name, next_overdue_at=instant) for name, instant in at.items()))
    queue = FakeDueWorkQueue()
    assert start_due_work(FakeDueWork(store), queue, NOW) == 2
    assert queue.queued == [
        DueEntry(NOW - DAY, Work.OVERDUE, "inv_before", "Invoice", ACCOUNT),
        DueEntry(NOW, Work.OVERDUE, "inv_now", "Invoice", ACCOUNT),
    ]


def test_what_was_not_done_is_queued_again_at_the_next_tick(store: FakeStore) -> None:
    store.keep(an_issued_invoice(next_overdue_at=NOW))
    queue = FakeDueWorkQueue()
    counts = [start_due_work(FakeDueWork(store), queue, now) for now in (NOW, NOW, NOW + DAY)]
    assert counts == [1, 1, 1]
    assert len(set(queue.queued)) == 1
