from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.key_roster import MOST_KEYS
from invoicing.domain.errors import Conflict, InvoicingError
from invoicing.domain.test_clocks.reading import ClockReading
from invoicing.domain.test_clocks.test_clock import ClockStatus
from invoicing.operations.account.create_api_key import NewApiKey, create_api_key
from invoicing.operations.account.revoke_api_key import revoke_api_key
from invoicing.operations.customers.create_customer import NewCustomer, create_customer
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from tests.builders import NOW as REAL
from tests.builders import a_caller, an_issued_invoice
from tests.operations.test_clock.clock_office import ACCOUNT, ClockOffice, a_test_key

NOW = datetime(2028, 2, 29, 8, tzinfo=UTC)


def clocks_of_keys(office: ClockOffice) -> dict[str, ClockReading | None]:
    return {key.id: key.clock for key in office.store.all(ApiKey)}


def new_key(office: ClockOffice) -> ApiKey:
    new = NewApiKey(name="Shop", scopes=("*",))
    caller = a_caller(account=ACCOUNT, mode="test")
    return office.run_use_case(lambda uow: create_api_key(uow, office.ports.keys, caller, new)).key


def test_the_clock_is_on_every_usable_key_and_on_no_other(office: ClockOffice) -> None:
    others = [a_test_key("key_2", expires_at=REAL), a_test_key("key_3", revoked_at=REAL)]
    office.store.keep(*others, replace(a_test_key("key_4"), account="acc_2#test"))
    clock, is_new = office.set(NOW)
    assert (clock.now, clock.status, is_new) == (NOW, ClockStatus.READY, True)
    reading = ClockReading(NOW, clock.version)
    assert clocks_of_keys(office) == {"key_1": reading, "key_2": None, "key_3": None, "key_4": None}
    later, is_new = office.set(NOW + timedelta(days=1))
    assert (later.version, is_new) == (clock.version + 1, False)
    assert clocks_of_keys(office)["key_1"] == later.reading == ClockReading(NOW + timedelta(days=1), later.version)


def test_as_many_keys_as_there_may_be_fit_into_one_transaction(office: ClockOffice) -> None:
    office.store.keep(*(a_test_key(f"key_{number}") for number in range(2, MOST_KEYS["test"] + 1)))
    clock, _ = office.set(NOW)
    assert set(clocks_of_keys(office).values()) == {clock.reading}
    assert office.store.commits == 1


def test_a_key_that_is_made_at_the_same_time_has_the_clock(office: ClockOffice) -> None:
    """The one that commits later sees the other; a request that was checked by the clock before is refused."""
    new_key(office)
    office.store.before_next_commit(lambda: new_key(office))
    office.set(NOW)
    office.store.before_next_commit(lambda: office.set(NOW + timedelta(hours=1)))
    with pytest.raises(Conflict) as refused:
        new_key(office)
    assert refused.value.code == "TEST_CLOCK_ADVANCING"
    assert len(clocks_of_keys(office)) == 3
    assert office.clock
    assert set(clocks_of_keys(office).values()) == {office.clock.reading}


def test_a_key_that_is_made_while_the_first_clock_is_set_has_it(office: ClockOffice) -> None:
    office.store.before_next_commit(lambda: office.set(NOW))
    key = new_key(office)
    assert office.clock
    assert key.clock == office.clock.reading


def test_a_key_that_is_revoked_at_the_same_time_stays_revoked(office: ClockOffice) -> None:
    office.store.keep(a_test_key("key_2"))
    office.store.before_next_commit(
        lambda: office.run_use_case(lambda uow: revoke_api_key(uow, office.ports.keys, "key_2"))
    )
    office.set(NOW)
    assert clocks_of_keys(office)["key_2"] is None
    found = office.store.find(Ref(ApiKey, ACCOUNT, "key_2"))
    assert found
    assert found.revoked_at == REAL


def test_it_waits_for_a_key_that_is_not_found_yet(office: ClockOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index of keys is a moment behind, the roster is not."""
    late = new_key(office).id
    found, asked = office.ports.keys.of, []

    def behind(_: object, account: str) -> list[ApiKey]:
        asked.append(account)
        return [key for key in found(account) if key.id != late or len(asked) > 3]

    monkeypatch.setattr("tests.fake_api_keys.FakeApiKeys.of", behind)
    clock, _ = office.set(NOW)
    assert len(asked) == 4
    assert clocks_of_keys(office)[late] == clock.reading


def test_a_write_that_was_checked_before_the_clock_was_changed_is_refused(office: ClockOffice) -> None:
    office.set(NOW)
    office.store.before_next_commit(lambda: office.set(NOW + timedelta(hours=1)))
    uow = office.uow()

    def start(changes: ChangeSet) -> UnitOfWork:
        return replace(uow, changes=changes)

    with pytest.raises(Conflict) as refused:
        run_use_case(start, lambda attempt: create_customer(attempt, NewCustomer(name="Ada")))
    assert refused.value.code == "TEST_CLOCK_ADVANCING"
    assert office.store.event_types() == []


def test_a_reaction_whose_clock_was_changed_reads_it_again(office: ClockOffice) -> None:
    office.set(NOW)
    uow = replace(office.uow(), actor=replace(office.uow().actor, type="system"))
    office.store.before_next_commit(lambda: office.set(NOW + timedelta(hours=1)))
    made = run_use_case(uow.begin, lambda attempt: create_customer(attempt, NewCustomer(name="Ada")))
    assert made.created_at == NOW + timedelta(hours=1)


def test_while_it_is_advanced_it_is_not_set(office: ClockOffice) -> None:
    office.set(NOW)
    assert office.clock
    office.store.keep(replace(office.clock, status=ClockStatus.ADVANCING))
    for act in (lambda: office.set(NOW), office.delete):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "TEST_CLOCK_ADVANCING"


@pytest.mark.parametrize("before", [True, False])
def test_an_existing_clock_does_not_pass_over_due_work(office: ClockOffice, before: bool) -> None:
    """Neither work that waits for it nor work that was there before it; a new one may: an advance does it then."""
    due = NOW + timedelta(days=30)
    waiting = an_issued_invoice(account=ACCOUNT, due_date=date(2028, 3, 30), next_overdue_at=due)
    office.set(NOW)
    uow = office.uow()
    uow.changes.has_clock = not before
    uow.changes.save(replace(waiting, version=1))
    office.store.commit(uow.changes)
    with pytest.raises(InvoicingError) as refused:
        office.set(due)
    assert refused.value.code == "TEST_CLOCK_WORK_DUE"
    assert not office.set(due - timedelta(milliseconds=1))[1]
    office.delete()
    assert office.set(due)[1]
