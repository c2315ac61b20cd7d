"""Running a use case: exactly one attempt commits."""

from typing import Any

import pytest

from invoicing.domain.errors import NotFound, Unavailable
from invoicing.domain.parties.customer import Customer
from invoicing.operations.customers.create_customer import create_customer
from invoicing.operations.unit_of_work import unit_of_work as work_module
from invoicing.operations.unit_of_work.change_set import (
    ChangeSet,
    IdempotencyRecord,
    IdempotentReplay,
    Ref,
    WriteConflict,
)
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.builders import NOW, a_customer, a_new_customer
from tests.fakes import FakeStore
from tests.office import Office

REF = Ref(Customer, "acc_1", "cust_123")


def idempotency_record(request_hash: str = "h") -> IdempotencyRecord:
    return IdempotencyRecord(
        account="acc_1", key="k", request_hash=request_hash, answer={"status": 201}, created_at=NOW
    )


class Busy(FakeStore):
    """A store whose every commit meets a write conflict."""

    def __init__(self) -> None:
        super().__init__()
        self.attempts: list[frozenset[Ref[Any]]] = []

    def commit(self, changes: ChangeSet, idempotency_record: IdempotencyRecord | None = None) -> None:
        self.attempts.append(changes.outdated)
        raise WriteConflict(frozenset({REF}))


def test_after_a_collision_the_use_case_runs_anew_and_knows_what_was_outdated(office: Office, store: FakeStore) -> None:
    seen: list[frozenset[Ref[Any]]] = []

    def rename(uow: UnitOfWork) -> str:
        seen.append(uow.changes.outdated)
        customer = uow.store.find(REF)
        assert customer is not None
        changed = a_customer(version=customer.version + 1, name=customer.name + "!")
        uow.changes.save(changed)
        return changed.name

    store.before_next_commit(lambda: store.keep(a_customer(version=2, name="Initrode")))
    assert office.run_use_case(rename) == "Initrode!"
    assert seen == [frozenset(), frozenset({REF})]
    assert store.commits == 1


def test_what_was_outdated_once_stays_known_after_another_collision(office: Office, store: FakeStore) -> None:
    seen: list[frozenset[Ref[Any]]] = []

    def add(uow: UnitOfWork) -> None:
        seen.append(uow.changes.outdated)
        uow.changes.save(a_customer(id=f"cust_{len(seen)}"))
        if len(seen) < 3:
            store.before_next_commit(lambda: store.keep(a_customer(id=f"cust_{len(seen)}")))

    office.run_use_case(add)
    first, second = (Ref(Customer, "acc_1", name) for name in ("cust_1", "cust_2"))
    assert seen == [frozenset(), frozenset({first}), frozenset({first, second})]


def test_a_use_case_that_is_always_overtaken_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_module, "PATIENCE", 0.02)
    busy = Busy()
    with pytest.raises(Unavailable) as refused:
        Office(busy).run_use_case(lambda uow: create_customer(uow, a_new_customer()))
    assert refused.value.code == "SERVICE_UNAVAILABLE"
    assert len(busy.attempts) >= 2
    assert busy.attempts[0] == frozenset()
    assert set(busy.attempts[1:]) == {frozenset({REF})}


def test_a_use_case_that_changes_nothing_writes_nothing_not_even_its_mark(office: Office, store: FakeStore) -> None:
    assert office.run_use_case(lambda _: "read", lambda _: idempotency_record()) == "read"
    assert (store.commits, store.idempotency_records) == (0, {})


def test_the_mark_is_made_of_the_result_that_was_committed(office: Office, store: FakeStore) -> None:
    customer = office.run_use_case(
        lambda uow: create_customer(uow, a_new_customer()), lambda made: idempotency_record(made.id)
    )
    found = store.find_idempotency_record("acc_1", "k", NOW)
    assert found is not None
    assert found.request_hash == customer.id


def test_under_a_used_key_nothing_happens_a_second_time(office: Office, store: FakeStore) -> None:
    office.run_use_case(lambda uow: create_customer(uow, a_new_customer()), lambda _: idempotency_record("first"))
    with pytest.raises(IdempotentReplay) as done:
        office.run_use_case(lambda uow: create_customer(uow, a_new_customer()), lambda _: idempotency_record("second"))
    assert done.value.record.request_hash == "first"
    assert len(store.all(Customer)) == 2, "the customer of the fixture and the first one"
    assert store.event_types() == ["customer.created"]


def test_what_was_done_under_the_key_is_told_again_when_nothing_is_left_to_do(office: Office) -> None:
    office.run_use_case(lambda uow: create_customer(uow, a_new_customer()), lambda _: idempotency_record("first"))
    with pytest.raises(IdempotentReplay) as done:
        office.run_use_case(lambda uow: uow.get(Customer, "cust_123"), lambda _: idempotency_record("second"))
    assert done.value.record.request_hash == "first"


def test_what_changes_nothing_is_not_remembered(office: Office, store: FakeStore) -> None:
    office.run_use_case(lambda uow: uow.get(Customer, "cust_123"), lambda _: idempotency_record())
    assert (store.commits, store.idempotency_records) == (0, {})


def test_an_error_of_the_use_case_is_not_tried_again(office: Office, store: FakeStore) -> None:
    attempts = []

    def fail(uow: UnitOfWork) -> None:
        attempts.append(uow)
        uow.changes.save(a_customer(id="cust_new"))
        raise NotFound("X_NOT_FOUND", "No.")

    with pytest.raises(NotFound):
        office.run_use_case(fail)
    assert (len(attempts), store.commits) == (1, 0)


def test_warnings_are_those_of_the_attempt_that_commits(office: Office) -> None:
    attempts: list[UnitOfWork] = []

    def use_case(uow: UnitOfWork) -> UnitOfWork:
        attempts.append(uow)
        uow.warn("amount", "LIKELY_DUPLICATE", f"attempt {len(attempts)}")
        if len(attempts) == 1:
            raise WriteConflict
        return uow

    assert [warning.message for warning in office.run_use_case(use_case).warnings] == ["attempt 2"]
