"""At night totals that differ are found, and nothing is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.parties.account import Account
from invoicing.domain.reports.totals import PostedEntry, ReportTotal
from invoicing.identifiers import time_of
from invoicing.operations.schedules import check_totals as module
from invoicing.operations.schedules.check_totals import Checked, check_totals
from tests.books import issue
from tests.builders import a_customer
from tests.fake_report_totals import FakeReportTotals
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office
from tests.operations.reports.reporting import busy_office, post_all

SECOND = timedelta(seconds=1)


@dataclass
class FakeAccountSample:
    """All accounts of a store."""

    store: FakeStore

    def some(self, most: int) -> Sequence[str]:
        return [account.account for account in self.store.all(Account)][:most]


def check(office: Office, store: FakeStore, now: Callable[[], datetime] | None = None) -> Checked:
    """Check an hour after the last entry, unless ``now`` says when; what it read is as it was."""
    entities, commits = dict(store.entities), store.commits
    late = max(time_of(entry.id) for entry in store.all(LedgerEntry)) + module.POSTED_WITHIN
    found = check_totals(
        lambda account: replace(office.uow(), account=account),
        FakeAccountSample(store),
        FakeLedger(store),
        FakeReportTotals(store),
        now or (lambda: late),
    )
    assert (store.entities, store.commits) == (entities, commits)
    return found


def checked(**of: tuple[str, ...]) -> Checked:
    return Checked(**{"equal": (), "differing": (), "too_large": ()} | of)


def test_totals_that_equal_the_ledger_are_told_so() -> None:
    office, store, _ = busy_office()
    for _ in range(2):
        assert check(office, store) == checked(equal=(office.account,))


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("is_lost", [False, True])
def test_one_damaged_or_lost_total_is_found(place: int, *, is_lost: bool) -> None:
    office, store, _ = busy_office()
    total = store.all(ReportTotal)[place]
    if is_lost:
        del store.entities[ReportTotal, total.account, total.id]
    else:
        store.keep(replace(total, figures={**total.figures, ("invoiced",): (1, 1, 1, 2)}))
    for _ in range(2):
        assert check(office, store) == checked(differing=(office.account,))


def test_an_entry_may_wait_to_be_posted_and_not_for_long() -> None:
    office, store, _ = busy_office()
    waiting = max(store.all(LedgerEntry), key=lambda entry: entry.id)
    issue(office)
    newest = max(store.all(LedgerEntry), key=lambda entry: entry.id)
    assert waiting.id < newest.id
    in_time = time_of(newest.id) + module.POSTED_WITHIN - timedelta(milliseconds=1)
    assert check(office, store, lambda: in_time) == checked(equal=(office.account,))
    assert check(office, store) == checked(differing=(office.account,))


def test_the_oldest_entry_that_waits_is_what_counts() -> None:
    office, store, _ = busy_office()
    store.keep(a_customer(id="cust_124"))
    old, new = sorted(store.all(LedgerEntry), key=lambda entry: entry.id)
    for entry in (old, new):
        del store.entities[PostedEntry, entry.account, entry.id]
    for total in store.all(ReportTotal):
        del store.entities[ReportTotal, total.account, total.id]
    store.keep(replace(new, customer_id="cust_124"))
    between = time_of(old.id) + module.POSTED_WITHIN
    assert check(office, store, lambda: between) == checked(differing=(office.account,))


def test_what_is_posted_during_a_check_is_no_difference() -> None:
    office, store, _ = busy_office()
    times = iter([office.now, office.now, office.now])

    def now() -> datetime:
        post_all(office, store)
        return next(times)

    issue(office)
    found = check_totals(
        lambda account: replace(office.uow(), account=account),
        FakeAccountSample(store),
        FakeLedger(store),
        FakeReportTotals(store),
        now,
    )
    assert found.differing == ()


@pytest.mark.parametrize(("most", "is_left_out"), [(1, True), (2, False)])
def test_an_account_with_too_much_is_left_out_and_said_so(
    monkeypatch: pytest.MonkeyPatch, most: int, *, is_left_out: bool
) -> None:
    office, store, _ = busy_office()
    monkeypatch.setattr(module, "MOST", most)
    place = "too_large" if is_left_out else "equal"
    assert check(office, store) == checked(**{place: (office.account,)})


def test_no_account_is_begun_when_time_is_up() -> None:
    office, store, _ = busy_office()
    store.keep(replace(store.all(Account)[0], account="acc_other"))
    begun = office.now
    times = iter([begun, begun, begun, begun + module.PATIENCE])
    assert check(office, store, lambda: next(times)) == checked(equal=(office.account,))
