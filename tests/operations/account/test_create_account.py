"""Opening an account."""

import hashlib

import pytest

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import KEY_PATTERN, Mode
from invoicing.domain.access.key_roster import KeyRoster, UsableKey
from invoicing.domain.errors import NotFound
from invoicing.domain.parties.account import Account
from invoicing.operations.account.create_account import AddedKey, NewAccount, OpenedAccount, create_account
from tests.builders import NOW, Ids
from tests.fake_api_keys import FakeApiKeys
from tests.fakes import FakeStore
from tests.office import Office

IDS = Ids()
"""Several offices in one test must not give out the same id."""


@pytest.fixture
def store() -> FakeStore:
    """Nothing at all."""
    return FakeStore()


def opened(store: FakeStore, mode: Mode = "test") -> OpenedAccount:
    new = NewAccount(name="Acme", email="a@acme.example", currency="EUR", time_zone="Europe/Berlin", mode=mode)
    return create(store, new)


def create(store: FakeStore, wanted: NewAccount | AddedKey) -> OpenedAccount:
    office = Office(store, account="", ids=IDS)
    return office.run_use_case(lambda uow: create_account(uow, FakeApiKeys(store), wanted))


def test_an_account_has_a_live_and_a_test_side(store: FakeStore) -> None:
    account = opened(store)
    live, test = store.all(Account)
    assert (live.account, test.account) == (account.account_id, f"{account.account_id}#test")
    for side in (live, test):
        assert (side.name, side.currency, side.time_zone, side.created_at) == ("Acme", "EUR", "Europe/Berlin", NOW)
    assert store.commits == 1


@pytest.mark.parametrize(("mode", "suffix"), [("live", ""), ("test", "#test")])
def test_the_first_key_opens_one_side_with_all_scopes(store: FakeStore, mode: Mode, suffix: str) -> None:
    account = opened(store, mode)
    (key,) = store.all(ApiKey)
    assert (key.account, key.mode, account.mode) == (f"{account.account_id}{suffix}", mode, mode)
    assert FakeApiKeys(store).use(key.hash, NOW).may("invoices:write")
    assert key.requests_per_hour == 1000
    (roster,) = store.all(KeyRoster)
    assert (roster.account, roster.version, roster.keys) == (key.account, 1, (UsableKey.of(key),))


def test_the_secret_is_in_the_answer_only_and_its_hash_is_stored(store: FakeStore) -> None:
    secret = opened(store).api_key
    assert KEY_PATTERN.fullmatch(secret)
    (key,) = store.all(ApiKey)
    assert key.hash == hashlib.sha256(secret.encode()).hexdigest()
    assert key.last_four == secret[-4:]
    everything_stored = repr((store.entities, store.events, store.idempotency_records))
    assert secret not in everything_stored
    assert secret.removeprefix("sk_test_") not in everything_stored


@pytest.mark.parametrize(("mode", "suffix"), [("live", ""), ("test", "#test")])
def test_a_key_is_added_to_an_account_and_nothing_else_changes(store: FakeStore, mode: Mode, suffix: str) -> None:
    account_id = opened(store).account_id
    accounts, (first,) = store.all(Account), store.all(ApiKey)
    added = create(store, AddedKey(account_id=account_id, mode=mode, requests_per_hour=25_000))
    assert (added.account_id, added.mode, added.requests_per_hour) == (account_id, mode, 25_000)
    assert (store.all(Account), store.commits) == (accounts, 2)
    (key,) = (key for key in store.all(ApiKey) if key != first)
    assert (key.account, key.scopes, key.requests_per_hour) == (f"{account_id}{suffix}", ("*",), 25_000)
    assert key.hash == hashlib.sha256(added.api_key.encode()).hexdigest()
    (roster,) = (roster for roster in store.all(KeyRoster) if roster.account == key.account)
    assert roster.keys == ((UsableKey.of(first), UsableKey.of(key)) if mode == "test" else (UsableKey.of(key),))


def test_a_full_account_gets_another_key_all_the_same(store: FakeStore) -> None:
    """Its operator is the way out when nobody knows a key any more."""
    account_id = opened(store).account_id
    for _ in range(60):
        create(store, AddedKey(account_id=account_id))
    assert len(store.all(KeyRoster)[0].keys) == len(store.all(ApiKey)) == 61


def test_a_key_that_is_added_while_others_change_is_added(store: FakeStore) -> None:
    wanted = AddedKey(account_id=opened(store).account_id)
    store.before_next_commit(lambda: create(store, wanted))
    create(store, wanted)
    assert len(store.all(KeyRoster)[0].keys) == len(store.all(ApiKey)) == 3


def test_an_account_that_does_not_exist_gets_no_key(store: FakeStore) -> None:
    with pytest.raises(NotFound) as refused:
        create(store, AddedKey(account_id="acc_unknown"))
    assert refused.value.code == "ACCOUNT_NOT_FOUND"
    assert store.all(ApiKey) == []
