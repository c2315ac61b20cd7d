from threading import Thread
from typing import Any

import pytest

from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.reports.totals import PostedEntry, ReportTotal
from invoicing.operations.reactions.update_reports import MOST_ENTRIES, MOST_WRITES, update_reports
from tests.books import issue, pay
from tests.builders import NOW
from tests.operations.reports.reporting import open_office, post_all


def test_an_entry_that_is_posted_adds_nothing_more() -> None:
    office, store, _ = open_office()
    issue(office)
    post_all(office, store)
    before, commits = store.all(ReportTotal), store.commits
    assert office.run_use_case(lambda uow: update_reports(uow, store.all(LedgerEntry))) == 1
    assert (store.all(ReportTotal), store.commits) == (before, commits)


def test_two_that_post_at_once_post_once() -> None:
    office, store, _ = open_office()
    issue(office)
    store.before_next_commit(lambda: post_all(office, store))
    office.run_use_case(lambda uow: update_reports(uow, store.all(LedgerEntry)))
    (day, year) = store.all(ReportTotal)[::-1]
    assert {day.figures["invoiced",][0], year.figures["invoiced", NOW.date().isoformat()][0]} == {1}


def test_a_step_takes_so_many_entries() -> None:
    office, store, _ = open_office()
    for _ in range(MOST_ENTRIES + 5):
        issue(office, "1")
    entries = store.all(LedgerEntry)
    assert office.run_use_case(lambda uow: update_reports(uow, entries)) == MOST_ENTRIES
    assert len(store.all(PostedEntry)) == MOST_ENTRIES


def test_a_step_has_no_more_writes_than_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each payment of another day touches another total."""
    office, store, _ = open_office()
    invoice = issue(office, "1000")
    module = "invoicing.operations.reactions.update_reports"
    monkeypatch.setattr(f"{module}.MOST_WRITES", 12)
    for day in range(1, 20):
        pay(office, invoice, "1", payment_date=NOW.date().replace(day=day))
    entries = store.all(LedgerEntry)
    steps = 0
    while entries:
        del entries[: office.run_use_case(lambda uow: update_reports(uow, entries))]
        steps += 1
    assert steps > 2
    assert MOST_WRITES < 100
    assert (
        sum(total.figures["payments",][1] for total in store.all(ReportTotal) if ("payments",) in total.figures) == 1900
    )


def test_threads_that_post_the_same_agree() -> None:
    """The store in memory has one lock: what is tried here is that each takes what the other has left."""
    office, store, _ = open_office()
    for _ in range(10):
        issue(office, "1")
    threads: list[Any] = [Thread(target=post_all, args=(office, store)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (
        sum(total.figures["invoiced",][0] for total in store.all(ReportTotal) if ("invoiced",) in total.figures) == 10
    )
