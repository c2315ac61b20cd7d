"""Slices of an export: killed anywhere, run twice at once, or stopped, each row is in the file once."""

from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.exports.export import Export, ExportRun
from invoicing.operations.exports import _job, _reading
from invoicing.operations.exports.stop_export import stop_export
from tests.builders import ACCOUNT, a_customer, an_account
from tests.fake_files import FakeFileStore
from tests.fakes import Crash, FakeStore
from tests.office import Office
from tests.operations.exports.exporting import Exporting

NUMBERS = [f"A-{number}" for number in range(12)]
OUTSIDE = ("replace", "begin_upload", "upload_part", "complete_upload")


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two, and parts of four rows, so that twelve rows are three parts."""
    monkeypatch.setattr(_reading, "AT_A_TIME", 2)
    monkeypatch.setattr(_job, "SMALLEST_PART", 1_500)
    monkeypatch.setattr(FakeFileStore, "smallest_part", 1_500)


def exporting_on(store: FakeStore) -> Exporting:
    store.keep(an_account(), a_customer())
    made = Exporting(Office(store), store)
    made.issue(12)
    return made


def numbers_in(exporting: Exporting, export: Export) -> list[str]:
    return [row["invoice_number"] for row in exporting.table(export)]


def killed_at(exporting: Exporting, step: int, *, before: bool) -> bool:
    """Let the process die before or after a write; return whether it came so far."""
    steps = iter(range(10**6))
    store, objects = exporting.store, exporting.objects
    originals = [(store, "commit"), *((objects, name) for name in OUTSIDE)]

    def dying(original: Any) -> Any:
        def act(*arguments: Any) -> Any:
            dies = next(steps) == step
            if dies and before:
                raise Crash
            answer = original(*arguments)
            if dies:
                raise Crash
            return answer

        return act

    for each, name in originals:
        setattr(each, name, dying(getattr(each, name)))
    try:
        exporting.slice()
    except Crash:
        return True
    finally:
        for each, name in originals:
            delattr(each, name)
    return False


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("seconds", [0, 9])
def test_a_slice_killed_at_any_write_goes_on(before: bool, seconds: int) -> None:
    step, died = 0, True
    while died:
        store = FakeStore()
        exporting = exporting_on(store)
        begun = exporting.begin()
        passed = iter(range(10**6))
        exporting.real_now = lambda made=exporting, passed=passed: (
            made.office.now + timedelta(seconds=seconds * next(passed))
        )
        died = killed_at(exporting, step, before=before)
        exporting.real_now = None
        exporting.office.now += timedelta(minutes=20)
        ended = exporting.finish(begun)
        assert (str(ended.status), numbers_in(exporting, ended)) == ("completed", NUMBERS), step
        assert [(total.rows, dict(total.amounts)) for total in ended.totals] == [
            (12, {"subtotal": 12_000, "tax": 2_280, "total": 14_280})
        ], step
        assert store.event_types() == ["export.completed"], step
        step += 1
    assert step > 8 - seconds // 3


def test_a_second_worker_of_a_slice_does_nothing(exporting: Exporting) -> None:
    exporting.issue(12)
    begun = exporting.begin()
    seen: list[int] = []

    def again() -> None:
        before = dict(exporting.objects.kept), exporting.store.commits
        exporting.slice()
        assert (dict(exporting.objects.kept), exporting.store.commits) == before
        seen.append(1)

    original = exporting.objects.upload_part

    def upload(*given: Any) -> str:
        again()
        return original(*given)

    exporting.objects.upload_part = upload  # type: ignore[method-assign,assignment]
    exporting.slice()
    assert len(seen) >= 3
    assert numbers_in(exporting, exporting.read(begun.id)) == NUMBERS


def test_a_worker_that_was_thought_dead_changes_nothing(exporting: Exporting, store: FakeStore) -> None:
    exporting.issue(12)
    begun = exporting.begin()
    original, calls = exporting.objects.upload_part, iter(range(100))

    def slow(*given: Any) -> str:
        if next(calls) == 1:
            exporting.office.now += timedelta(minutes=20)
            exporting.finish(begun)
        return original(*given)

    exporting.objects.upload_part = slow  # type: ignore[method-assign,assignment]
    exporting.objects.multipart = Surviving()
    exporting.slice()
    ended = exporting.read(begun.id)
    assert (str(ended.status), numbers_in(exporting, ended)) == ("completed", NUMBERS)
    assert store.event_types() == ["export.completed"]


class Surviving(dict[str, dict[int, bytes]]):
    """Uploads that take parts after they were completed, as S3 may for a moment."""

    def pop(self, key: str, default: Any = None) -> Any:
        return self.get(key, default)


def test_a_slice_ends_in_time_and_queues_the_next(exporting: Exporting, store: FakeStore) -> None:
    exporting.issue(12)
    begun = exporting.begin()
    now, passed = exporting.office.now, iter(range(10**6))
    exporting.real_now = lambda: now + timedelta(seconds=4 * next(passed))
    exporting.slice()
    halfway = exporting.read(begun.id)
    assert (str(halfway.status), 0 < halfway.rows < 12) == ("running", True)
    (entry,) = exporting.queue.queued
    (run,) = store.all(ExportRun)
    assert (entry.kind, entry.id, entry.account) == ("ExportRun", run.id, ACCOUNT)
    assert run.due_at <= exporting.real_now()
    assert numbers_in(exporting, exporting.finish(begun)) == NUMBERS


@pytest.mark.parametrize("at", range(8))
def test_an_export_that_is_stopped_ends_there(exporting: Exporting, store: FakeStore, at: int) -> None:
    exporting.issue(12)
    begun = exporting.begin()
    original, count = store.commit, iter(range(10**6))
    stopped = []

    def commit(*arguments: Any) -> None:
        if next(count) == at:
            store.commit = original  # type: ignore[method-assign]
            stopped.append(exporting.office.run_use_case(lambda uow: stop_export(uow, begun.id)))
        original(*arguments)

    store.commit = commit  # type: ignore[method-assign,assignment]
    exporting.slice()
    store.commit = original  # type: ignore[method-assign]
    ended = exporting.read(begun.id)
    assert (str(ended.status), ended.sha256 is None) == (("stopped", True) if stopped else ("completed", False))
    assert not store.all(ExportRun)
    assert store.event_types() == ([] if stopped else ["export.completed"])


def test_an_export_waits_until_all_that_was_recorded_before_can_be_read(exporting: Exporting) -> None:
    exporting.issue(1)
    begun = exporting.begin()
    exporting.office.now -= timedelta(minutes=1, seconds=30)
    exporting.slice()
    assert str(exporting.read(begun.id).status) == "pending"
    exporting.office.now += timedelta(seconds=31)
    exporting.slice()
    assert str(exporting.read(begun.id).status) == "completed"


def test_a_file_that_becomes_too_large_ends_the_export(
    exporting: Exporting, store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_job, "MOST_BYTES", 3_000)
    exporting.issue(12)
    ended = exporting.run()
    assert (str(ended.status), ended.failure and ended.failure.code) == ("failed", "EXPORT_TOO_LARGE")
    assert store.event_types() == ["export.failed"]


def test_the_export_of_an_account_has_no_other_accounts_rows(exporting: Exporting) -> None:
    exporting.issue(3)
    begun = exporting.begin()
    exporting.office.account = "acc_2"
    exporting.slice()
    exporting.office.account = ACCOUNT
    assert str(exporting.read(begun.id).status) == "pending"
    exporting.issue(2, account="acc_2", number="B-1")
    assert numbers_in(exporting, exporting.finish(begun)) == ["A-0", "A-1", "A-2"]
