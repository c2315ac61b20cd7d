from dataclasses import replace

import pytest

from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref, WriteConflict
from invoicing.operations.unit_of_work.shared_reads import SharedReads
from tests.builders import a_customer, an_account
from tests.fakes import FakeStore

ADA = Ref(Customer, "acc_1", "cust_123")


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    store.keep(an_account(account="acc_1"), a_customer(account="acc_1"))
    return store


def renamed(version: int, name: str) -> ChangeSet:
    changes = ChangeSet()
    changes.save(a_customer(account="acc_1", version=version, name=name))
    return changes


def test_each_entity_is_read_once_even_one_that_is_not_there(store: FakeStore) -> None:
    shared = SharedReads(store)
    nobody = Ref(Customer, "acc_1", "cust_9")
    own = Ref(Account, "acc_1", "profile")
    assert shared.find_together(ADA, nobody, own) == store.find_together(ADA, nobody, own)
    before = store.reads
    assert shared.find_together(own, nobody) == (store.entities[Account, "acc_1", "profile"], None)
    assert (shared.find(ADA), shared.find(nobody)) == (a_customer(account="acc_1"), None)
    assert store.reads == before


def test_more_than_100_are_read_together(store: FakeStore) -> None:
    shared = SharedReads(store)
    many = [Ref(Customer, "acc_1", f"cust_{number}") for number in range(250)]
    shared.read_ahead([*many, *many])
    assert store.reads == 3
    assert shared.find(many[249]) is None
    assert store.reads == 3


def test_what_the_request_wrote_is_known_as_it_was_written(store: FakeStore) -> None:
    shared = SharedReads(store)
    shared.find(ADA)
    shared.commit(renamed(2, "Second"))
    before = store.reads
    after = shared.find(ADA)
    assert (after, store.reads) == (a_customer(account="acc_1", version=2, name="Second"), before)
    gone = ChangeSet()
    gone.remove(after)
    shared.commit(gone)
    assert shared.find(ADA) is None


def test_after_a_conflict_everything_is_read_anew(store: FakeStore) -> None:
    shared = SharedReads(store)
    own = Ref(Account, "acc_1", "profile")
    shared.find_together(ADA, own)
    store.keep(a_customer(account="acc_1", version=5, name="Another"))
    account = replace(store.entities[Account, "acc_1", "profile"], name="Another", version=3)
    store.keep(account)
    with pytest.raises(WriteConflict):
        shared.commit(renamed(2, "Second"))
    assert shared.find_together(ADA, own) == (a_customer(account="acc_1", version=5, name="Another"), account)


def test_what_was_forgotten_is_read_anew(store: FakeStore) -> None:
    shared = SharedReads(store)
    assert shared.find(ADA) == a_customer(account="acc_1")
    store.keep(a_customer(account="acc_1", name="Another"))
    shared.forget()
    assert shared.find(ADA) == a_customer(account="acc_1", name="Another")
