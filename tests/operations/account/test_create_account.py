"""Opening an account."""

import hashlib

import pytest

from invoicing.domain.access.caller import KEY_PATTERN, Mode
from invoicing.domain.parties.account import Account
from invoicing.operations.account.create_account import NewAccount, OpenedAccount, create_account
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
