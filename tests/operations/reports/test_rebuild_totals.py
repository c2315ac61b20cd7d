from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.parties.account import Account
from invoicing.domain.reports.totals import PostedEntry, ReportTotal
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.operations.payments.pay_out_credit import NewCreditPayout, pay_out_credit
from invoicing.operations.reports import _recomputing
from invoicing.operations.reports.rebuild_totals import Rebuilt, rebuild_totals
from tests.books import issue, pay
from tests.builders import NOW
from tests.fake_report_totals import FakeReportTotals
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office
from tests.operations.reports.reporting import busy_office, open_office, post_all

DAY = f"day#{NOW.date()}#USD"


def rebuild(office: Office, store: FakeStore, *, repair: bool = False) -> Rebuilt:
    return rebuild_totals(office.uow, FakeLedger(store), FakeReportTotals(store), repair=repair)


def damage(store: FakeStore, name: str = DAY) -> None:
    (total,) = [each for each in store.all(ReportTotal) if each.id == name]
    figures = {**total.figures, ("invoiced",): (7, 1, 1, 2), ("nothing",): (5,)}
    store.keep(replace(total, figures=figures))


def figures(store: FakeStore) -> dict[str, Any]:
    return {total.id: dict(total.figures) for total in store.all(ReportTotal)}


def test_totals_that_are_right_are_proven_and_stay() -> None:
    office, store, _ = busy_office()
    before, commits = store.all(ReportTotal), store.commits
    assert rebuild(office, store, repair=True) == Rebuilt(
        entries=2, posted_now=0, equal=2, differing=(), repaired=0, changing=0
    )
    assert (store.all(ReportTotal), store.commits) == (before, commits)


def test_entries_that_are_not_posted_are_posted_now() -> None:
    office, store, _ = busy_office()
    issue(office, "10")
    found = rebuild(office, store)
    assert (found.entries, found.posted_now, found.equal, found.differing) == (3, 1, 2, ())
    assert rebuild(office, store).posted_now == 0


def test_a_total_that_differs_is_named_and_stays() -> None:
    office, store, _ = busy_office()
    damage(store)
    before = figures(store)
    found = rebuild(office, store)
    assert (found.equal, found.differing, found.repaired) == (1, (DAY,), 0)
    assert figures(store) == before


def test_repairing_writes_what_the_ledger_says() -> None:
    office, store, _ = busy_office()
    right = figures(store)
    damage(store)
    assert rebuild(office, store, repair=True).repaired == 1
    assert figures(store) == right
    assert rebuild(office, store).differing == ()


def test_totals_that_are_lost_come_back_and_those_of_nothing_are_emptied() -> None:
    office, store, _ = busy_office()
    right = figures(store)
    for total in store.all(ReportTotal):
        del store.entities[ReportTotal, total.account, total.id]
    store.keep(ReportTotal(account=office.account, id="day#1999-01-01#USD", version=4, figures={("invoiced",): (1,)}))
    assert rebuild(office, store, repair=True).repaired == 3
    assert figures(store) == right | {"day#1999-01-01#USD": {}}


def test_an_entry_that_is_posted_before_the_repair_is_neither_lost_nor_doubled() -> None:
    office, store, _ = busy_office()
    damage(store)

    def meanwhile() -> None:
        issue(office, "10")
        post_all(office, store)

    store.before_next_commit(meanwhile)
    found = rebuild(office, store, repair=True)
    assert (found.differing, found.repaired) == ((DAY,), 0)
    assert rebuild(office, store, repair=True).repaired == 1
    proven(office, store, entries=3)


@pytest.mark.parametrize(
    "function", ["rebuild_totals.post_missing", "_comparing.add_posted", "_comparing._differences"]
)
@pytest.mark.parametrize("damaged", [False, True])
def test_what_is_posted_meanwhile_is_no_difference(
    monkeypatch: pytest.MonkeyPatch, function: str, *, damaged: bool
) -> None:
    office, store, _ = busy_office()
    if damaged:
        damage(store)

    def meanwhile() -> None:
        issue(office, "10")
        post_all(office, store)

    once = _before(monkeypatch, f"invoicing.operations.reports.{function}", meanwhile)
    found = rebuild(office, store, repair=True)
    assert once == [True]
    if damaged and not function.endswith("post_missing"):
        assert (found.differing, found.changing, found.equal) == ((), 1, 1)
        assert rebuild(office, store, repair=True).differing == (DAY,)
    else:
        assert (found.differing, found.changing, found.repaired) == ((DAY,) if damaged else (), 0, int(damaged))
    proven(office, store, entries=3)


@pytest.mark.parametrize("writes", range(6))
def test_one_that_is_killed_is_finished_by_the_next(monkeypatch: pytest.MonkeyPatch, writes: int) -> None:
    office, store, _ = busy_office()
    customer_year = next(name for name in figures(store) if name != DAY)
    damage(store)
    damage(store, customer_year)
    for price in ("1", "2", "3"):
        issue(office, price)
    monkeypatch.setattr("invoicing.operations.reactions.update_reports.MOST_ENTRIES", 1)
    commit, done = store.commit, store.commits

    def killed(*of: Any) -> None:
        if store.commits == done + writes:
            raise KeyboardInterrupt
        commit(*of)

    monkeypatch.setattr(store, "commit", killed)
    with pytest.raises(KeyboardInterrupt) if writes < 5 else nullcontext():
        rebuild(office, store, repair=True)
    monkeypatch.setattr(store, "commit", commit)
    rebuild(office, store, repair=True)
    proven(office, store, entries=5)


def test_the_entries_of_archived_customers_count() -> None:
    office, store, _ = busy_office()
    office.run_use_case(lambda uow: delete_customer(uow, "cust_123"))
    damage(store)
    assert rebuild(office, store, repair=True).repaired == 1
    proven(office, store, entries=2)


def test_a_ledger_is_read_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    office, store, _ = open_office()
    monkeypatch.setattr(_recomputing, "SLICE", 4)
    monkeypatch.setattr(_recomputing, "AT_ONCE", 3)
    for _ in range(9):
        issue(office, "1")
    found = rebuild(office, store)
    assert (found.entries, found.posted_now, found.differing) == (9, 9, ())


def test_a_payout_counts_in_the_currency_that_the_account_had() -> None:
    office, store, totals = open_office()
    pay(office, issue(office, "100"), "150")
    new = NewCreditPayout(amount=Decimal(20), method="cash")
    office.run_use_case(lambda uow: pay_out_credit(uow, "cust_123", new))
    post_all(office, store)
    (account,) = store.all(Account)
    store.keep(replace(account, currency="EUR"))
    assert rebuild(office, store).differing == ()
    (today,) = totals.days(office.account, None, NOW.date() + timedelta(days=1))
    assert today.figures["credit_paid_out", "USD"] == (1, 2000)


def test_an_account_that_is_not_there_is_refused() -> None:
    store = FakeStore()
    with pytest.raises(NotFound):
        rebuild(Office(store), store)


def proven(office: Office, store: FakeStore, *, entries: int) -> None:
    """All is posted, each once, and nothing differs."""
    found = rebuild(office, store)
    assert (found.entries, found.posted_now, found.differing, found.changing) == (entries, 0, (), 0)
    assert {note.id for note in store.all(PostedEntry)} == {entry.id for entry in store.all(LedgerEntry)}


def _before(monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[[], None]) -> list[bool]:
    """Let ``act`` happen once before a function."""
    module, _, function = name.rpartition(".")
    original = getattr(import_module(module), function)
    done: list[bool] = []

    def first(*given: Any) -> Any:
        if not done:
            done.append(True)
            act()
        return original(*given)

    monkeypatch.setattr(name, first)
    return done
