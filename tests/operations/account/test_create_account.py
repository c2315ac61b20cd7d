"""Opening an account."""

import hashlib

import pytest

from invoicing.domain.access.caller import KEY_PATTERN, Mode
from invoicing.domain.errors import NotFound
from invoicing.domain.parties.account import Account
from invoicing.operations.account.create_account import AddedKey, NewAccount, OpenedAccount, create_account
from tests.builders import NOW
from tests.fakes import FakeApiKeys, FakeStore
from tests.office import Office


@pytest.fixture
def keys() -> FakeApiKeys:
    return FakeApiKeys()


def opened(store: FakeStore, keys: FakeApiKeys, mode: Mode = "test") -> OpenedAccount:
    new = NewAccount(name="Acme", email="a@acme.example", currency="EUR", time_zone="Europe/Berlin", mode=mode)
    return create_account(Office(store, account="").uow(), keys, new)


def test_an_account_has_a_live_and_a_test_side(keys: FakeApiKeys) -> None:
    store = FakeStore()
    account = opened(store, keys)
    live, test = store.all(Account)
    assert (live.account, test.account) == (account.account_id, f"{account.account_id}#test")
    for side in (live, test):
        assert (side.name, side.currency, side.time_zone, side.created_at) == ("Acme", "EUR", "Europe/Berlin", NOW)
    assert store.commits == 1


@pytest.mark.parametrize(("mode", "suffix"), [("live", ""), ("test", "#test")])
def test_the_first_key_opens_one_side_with_all_scopes(keys: FakeApiKeys, mode: Mode, suffix: str) -> None:
    account = opened(FakeStore(), keys, mode)
    (key,) = keys.keys.values()
    assert (key.account, key.mode, account.mode) == (f"{account.account_id}{suffix}", mode, mode)
    assert keys.use(key.hash, NOW).may("invoices:write")
    assert key.requests_per_hour == 1000


def test_the_secret_is_in_the_answer_only_and_its_hash_is_stored(keys: FakeApiKeys) -> None:
    store = FakeStore()
    secret = opened(store, keys).api_key
    assert KEY_PATTERN.fullmatch(secret)
    (key,) = keys.keys.values()
    assert key.hash == hashlib.sha256(secret.encode()).hexdigest()
    assert key.last_four == secret[-4:]
    everything_stored = repr((store.entities, store.events, store.idempotency_records, keys.keys))
    assert secret not in everything_stored
    assert secret.removeprefix("sk_test_") not in everything_stored


@pytest.mark.parametrize(("mode", "suffix"), [("live", ""), ("test", "#test")])
def test_a_key_is_added_to_an_account_and_nothing_else_changes(keys: FakeApiKeys, mode: Mode, suffix: str) -> None:
    store = FakeStore()
    account_id = opened(store, keys).account_id
    accounts, first = store.all(Account), dict(keys.keys)
    wanted = AddedKey(account_id=account_id, mode=mode, requests_per_hour=25_000)
    added = create_account(Office(store, account="").uow(), keys, wanted)
    assert (added.account_id, added.mode, added.requests_per_hour) == (account_id, mode, 25_000)
    assert (store.all(Account), store.commits) == (accounts, 1)
    (key,) = (key for key in keys.keys.values() if key.hash not in first)
    assert (key.account, key.scopes, key.requests_per_hour) == (f"{account_id}{suffix}", ("*",), 25_000)
    assert key.hash == hashlib.sha256(added.api_key.encode()).hexdigest()


def test_an_account_that_does_not_exist_gets_no_key(keys: FakeApiKeys) -> None:
    with pytest.raises(NotFound) as refused:
        create_account(Office(FakeStore(), account="").uow(), keys, AddedKey(account_id="acc_unknown"))
    assert refused.value.code == "ACCOUNT_NOT_FOUND"
    assert keys.keys == {}
