"""Slices of an import: killed anywhere, run twice at once, or stopped, each row takes effect and is counted once."""

from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.imports.data_import import Import, ImportRun
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.parties.customer import Customer
from invoicing.operations.imports import _job
from invoicing.operations.imports.stop_import import stop_import
from tests.builders import ACCOUNT, a_customer
from tests.fakes import Crash, FakeStore
from tests.operations.imports.importing import Importing, counted

BAD = (3, 8, 9)
CUSTOMERS = "id,name,email\n" + "".join(
    f"cust_{number},Customer {number},{'nobody' if number in BAD else ''}\n" for number in range(12)
)
INVOICES = "invoice_number,customer_id,issue_date,currency,description,quantity,unit_price,paid_date,amount_paid\n" + (
    "".join(
        f"A-{number},cust_123,2026-03-01,USD,Work,{'many' if number in BAD else 1},10,2026-03-02,10\n"
        for number in range(12)
    )
)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of three units, so that twelve rows are four."""
    monkeypatch.setattr(_job, "AT_A_TIME", 3)


def in_books(store: FakeStore) -> tuple[int, int, int]:
    made = [each for each in store.all(Customer) if each.id != "cust_123"]
    assert {each.version for each in made} <= {1}
    return len(made), len(store.all(Invoice)), len(store.all(LedgerEntry))


def killed_at(importing: Importing, store: FakeStore, step: int, *, before: bool) -> bool:
    """Let the process die before or after a write; return whether it came so far."""
    steps = iter(range(10**6))
    originals = store.commit, importing.objects.replace, importing.objects.join

    def dying(original: Any) -> Any:
        def act(*arguments: Any) -> None:
            dies = next(steps) == step
            if dies and before:
                raise Crash
            original(*arguments)
            if dies:
                raise Crash

        return act

    store.commit, importing.objects.replace, importing.objects.join = map(dying, originals)  # type: ignore[method-assign]
    try:
        importing.slice()
    except Crash:
        return True
    finally:
        store.commit, importing.objects.replace, importing.objects.join = originals  # type: ignore[method-assign]
    return False


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(
    ("of", "data", "made"), [("customers", CUSTOMERS, (9, 0, 0)), ("invoices", INVOICES, (0, 9, 18))]
)
def test_a_slice_killed_at_any_write_goes_on(
    of: str,
    data: str,
    made: tuple[int, int, int],
    before: bool,
) -> None:
    step, died = 0, True
    while died:
        store = FakeStore()
        importing = importing_on(store)
        begun = importing.begin(data, of)
        died = killed_at(importing, store, step, before=before)
        while store.all(ImportRun):
            importing.slice()
        ended = importing.read(begun.id)
        assert (counted(ended), in_books(store)) == ((9, 0, 0, 3), made), step
        assert [row["error_line"] for row in importing.errors(ended)] == ["5", "10", "11"], step
        assert store.event_types().count("import.completed") == 1, step
        step += 1
    assert step > 20


def importing_on(store: FakeStore) -> Importing:
    from tests.builders import an_account  # noqa: PLC0415
    from tests.office import Office  # noqa: PLC0415

    store.keep(an_account(), a_customer())
    return Importing(Office(store), store)


@pytest.mark.parametrize(
    ("of", "data", "made"), [("customers", CUSTOMERS, (9, 0, 0)), ("invoices", INVOICES, (0, 9, 18))]
)
def test_of_two_slices_at_once_one_counts_each_row(
    importing: Importing, store: FakeStore, of: str, data: str, made: tuple[int, int, int]
) -> None:
    begun = importing.begin(data, of)
    for _ in range(3):
        store.before_next_commit(importing.slice)
    importing.slice()
    ended = importing.read(begun.id)
    assert (counted(ended), in_books(store)) == ((9, 0, 0, 3), made)
    assert store.event_types().count("import.completed") == 1


def test_another_slice_in_the_middle_of_a_chunk(importing: Importing, store: FakeStore) -> None:
    begun = importing.begin(CUSTOMERS)
    original, count = store.commit, iter(range(10**6))

    def commit(*arguments: Any) -> None:
        if next(count) == 3:
            importing.slice()
        original(*arguments)

    store.commit = commit  # type: ignore[method-assign,assignment]
    importing.slice()
    assert (counted(importing.read(begun.id)), in_books(store)) == ((9, 0, 0, 3), (9, 0, 0))


def test_a_slice_ends_in_time_and_queues_the_next(importing: Importing, store: FakeStore) -> None:
    begun = importing.begin(CUSTOMERS)
    now = importing.office.now
    passed = iter(range(10**6))
    importing.real_now = lambda: now + timedelta(seconds=9 * next(passed))
    importing.slice()
    halfway = importing.read(begun.id)
    assert (str(halfway.status), 0 < halfway.counts.processed < 12) == ("running", True)
    (entry,) = importing.queue.queued
    assert (entry.kind, entry.id, entry.account) == ("ImportRun", "import_run", ACCOUNT)
    while store.all(ImportRun):
        importing.slice()
    assert counted(importing.read(begun.id)) == (9, 0, 0, 3)


@pytest.mark.parametrize("at", range(1, 16))
def test_an_import_that_is_stopped_ends_there_and_counts_what_it_made(
    importing: Importing, store: FakeStore, at: int
) -> None:
    begun = importing.begin(CUSTOMERS)
    original, count = store.commit, iter(range(10**6))

    def commit(*arguments: Any) -> None:
        if next(count) == at:
            importing.office.run_use_case(lambda uow: stop_import(uow, begun.id))
        original(*arguments)

    store.commit = commit  # type: ignore[method-assign,assignment]
    importing.slice()
    store.commit = original  # type: ignore[method-assign]
    ended = importing.read(begun.id)
    assert str(ended.status) in {"stopped", "completed_with_errors"}
    assert ended.counts.created == in_books(store)[0]
    assert not store.all(ImportRun)
    if ended.counts.failed:
        assert len(importing.errors(ended)) == ended.counts.failed


def test_the_file_is_read_in_pieces(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> None:
    from invoicing.operations.imports import _source  # noqa: PLC0415

    monkeypatch.setattr(_source, "BLOCK", 16)
    most = []
    original = importing.objects.fetch_range

    def fetch_range(name: str, offset: int, length: int) -> bytes:
        most.append(length)
        return original(name, offset, length)

    monkeypatch.setattr(importing.objects, "fetch_range", fetch_range)
    assert counted(importing.run(CUSTOMERS)) == (9, 0, 0, 3)
    assert set(most) == {16}


def test_the_import_of_an_account_has_no_other_accounts_rows(importing: Importing, store: FakeStore) -> None:
    importing.begin(CUSTOMERS)
    importing.office.account = "acc_2"
    importing.slice()
    assert in_books(store) == (0, 0, 0)
    assert {str(each.status) for each in store.all(Import)} == {"pending"}
